namespace Telegram.Mtproto.Fuzz.Fuzzing;

/// <summary>A case that went wrong.</summary>
/// <param name="Target">What was tried.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Case">The case's number.</param>
/// <param name="Problem">What happened.</param>
/// <param name="Input">The smallest input found that does the same, in hexadecimal digits.</param>
internal sealed record Finding(string Target, int Seed, long Case, string Problem, string Input);
