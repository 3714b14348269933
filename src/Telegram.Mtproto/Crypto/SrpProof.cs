namespace Telegram.Mtproto.Crypto;

/// <summary>That a client knows the password, without the password: the fields of <c>inputCheckPasswordSRP</c>.</summary>
/// <param name="A">The client's public value, 256 bytes.</param>
/// <param name="M1">The proof, 32 bytes.</param>
public sealed record SrpProof(byte[] A, byte[] M1);
