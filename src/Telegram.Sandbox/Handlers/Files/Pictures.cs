using System.Buffers.Binary;
using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>The pictures of computed messages: everybody sends the same grey square, under ids and hashes of its own.</summary>
internal static class Pictures
{
    public const int Side = 8;
    private const string Size = "x";

    /// <summary>A whole JPEG: one 8 × 8 block of grey.</summary>
    public static byte[] Jpeg { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
        + "AQEBAQEBAQEBAQEBAQEBAQH/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/"
        + "2gAIAQEAAD8AP//Z");

    public static Photo Photo(WorldState state, long viewer, MessageView view)
    {
        var id = (long)Mix.Of(view.Peer.Marked, view.Id, view.Date) & long.MaxValue;
        return new Photo
        {
            Id = id,
            AccessHash = AccessHash(state, viewer, id),
            FileReference = FileReference(state, viewer, id),
            Date = view.Date,
            Sizes = [new PhotoSize { Type = Size, W = Side, H = Side, Size = Jpeg.Length }],
            DcId = DcOf(id),
        };
    }

    /// <summary>Where a picture lies. A file stays on the data centre of whoever sent it, so they lie on all of them.</summary>
    public static int DcOf(long photoId) => (int)(photoId % SandboxOptions.DataCenterCount) + 1;

    public static bool IsKnown(WorldState state, long viewer, InputPhotoFileLocation location) =>
        location.AccessHash == AccessHash(state, viewer, location.Id) && location.ThumbSize is Size or "";

    public static byte[] FileReference(WorldState state, long viewer, long photoId)
    {
        var reference = new byte[1 + sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(reference.AsSpan(1), Mix.Of(state.Shape.Secret, viewer, photoId));
        return reference;
    }

    private static long AccessHash(WorldState state, long viewer, long photoId) => (long)Mix.Of(photoId, viewer, state.Shape.Secret);
}
