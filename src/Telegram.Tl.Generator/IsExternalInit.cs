namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for to have <c>init</c> on netstandard2.0, where generators must live.</summary>
internal static class IsExternalInit;
