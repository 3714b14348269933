using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Crm.Api.Tests.Support;

/// <summary>Reads what methods are compiled to, for tests that ask the code itself.</summary>
internal static class Il
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> ByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<MethodBase> MethodsOf(Type type) =>
        type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything));

    /// <summary>The texts a method loads, and the members it names.</summary>
    public static IEnumerable<object> OperandsOf(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? BinaryPrimitives.ReadInt16BigEndian(code.AsSpan(at)) : code[at];
            var operation = ByValue[value];
            at += operation.Size;
            if (Resolve(method, operation.OperandType, code.AsSpan(at)) is { } operand)
            {
                yield return operand;
            }

            at += SizeOf(operation.OperandType, code.AsSpan(at));
        }
    }

    private static object? Resolve(MethodBase method, OperandType type, ReadOnlySpan<byte> operand)
    {
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        Type[]? ofMethod = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        return type switch
        {
            OperandType.InlineString => method.Module.ResolveString(BinaryPrimitives.ReadInt32LittleEndian(operand)),
            OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok or OperandType.InlineType =>
                method.Module.ResolveMember(BinaryPrimitives.ReadInt32LittleEndian(operand), ofType, ofMethod),
            _ => null,
        };
    }

    private static int SizeOf(OperandType type, ReadOnlySpan<byte> operand) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
