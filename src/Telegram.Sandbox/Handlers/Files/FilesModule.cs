using System.Security.Cryptography;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Downloads (https://core.telegram.org/api/files). Nothing can be uploaded.</summary>
internal sealed class FilesModule(WorldEngine world) : IRpcModule
{
    private const int Step = 1024;
    private const int MaxLimit = 1024 * 1024;

    public void Map(RpcRouter router)
    {
        router.Map<UploadGetFile, IUploadFile>(GetFile, RpcAccess.UserAnywhere);
        router.Map<PhotosGetUserPhotos, IPhotosPhotos>(GetUserPhotos);
    }

    private IUploadFile GetFile(UploadGetFile request, RpcContext context)
    {
        var userId = context.RequireUserId();
        if (request.Location is not InputPhotoFileLocation location || !world.Read(state => Pictures.IsKnown(state, userId, location)))
        {
            throw RpcErrorException.BadRequest("LOCATION_INVALID");
        }

        if (!CryptographicOperations.FixedTimeEquals(
            location.FileReference, world.Read(state => Pictures.FileReference(state, userId, location.Id))))
        {
            throw RpcErrorException.BadRequest("FILE_REFERENCE_INVALID");
        }

        if (Pictures.DcOf(location.Id) != context.DcId)
        {
            throw RpcErrorException.FileMigrate(Pictures.DcOf(location.Id));
        }

        return Part(request.Offset, request.Limit);
    }

    private static UploadFile Part(long offset, int limit)
    {
        if (offset < 0 || offset % Step != 0)
        {
            throw RpcErrorException.BadRequest("OFFSET_INVALID");
        }

        if (limit <= 0 || limit > MaxLimit || limit % Step != 0)
        {
            throw RpcErrorException.BadRequest("LIMIT_INVALID");
        }

        return new UploadFile
        {
            Type = new StorageFileJpeg(),
            Mtime = 0,
            Bytes = [.. Pictures.Jpeg.Skip((int)Math.Min(offset, int.MaxValue)).Take(limit)],
        };
    }

    private IPhotosPhotos GetUserPhotos(PhotosGetUserPhotos request, RpcContext context) => world.Read(state =>
    {
        var viewer = context.RequireUserId();
        var person = InputPeers.User(state, viewer, request.UserId);
        return new PhotosPhotos { Photos = [], Users = [TlPeople.User(state, viewer, person)] };
    });
}
