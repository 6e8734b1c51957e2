package clients;

import static clients.World.planted;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.credential.TokenCredential;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Blobs of the second tenant, and what a missing role or another tenant's token is refused. */
class AzureStorageBlobTest {
    private final BlobContainerClient container = container(World.exchange("trusted"));

    @Test
    void writes_reads_and_deletes_a_blob_with_metadata() {
        BlobClient blob = container.getBlobClient("java/a b.txt");
        blob.upload(BinaryData.fromString("across tenants"), true);
        blob.setMetadata(Map.of("origin", "java"));
        assertEquals("across tenants", blob.downloadContent().toString());
        assertEquals(Map.of("origin", "java"), blob.getProperties().getMetadata());
        blob.delete();
        assertFalse(blob.exists());
    }

    @Test
    void writes_in_blocks_and_reads_a_range() {
        BlobClient blob = container.getBlobClient("java/large");
        byte[] large = new byte[20_000_000];
        new Random(1).nextBytes(large);
        ParallelTransferOptions blocks =
            new ParallelTransferOptions().setBlockSizeLong(4L << 20).setMaxSingleUploadSizeLong(4L << 20).setMaxConcurrency(4);
        blob.uploadWithResponse(
            new BlobParallelUploadOptions(BinaryData.fromBytes(large)).setParallelTransferOptions(blocks), null, Context.NONE);
        assertArrayEquals(large, blob.downloadContent().toBytes());
        ByteArrayOutputStream range = new ByteArrayOutputStream();
        blob.downloadStreamWithResponse(range, new BlobRange(100, 3L), null, null, false, null, Context.NONE);
        assertArrayEquals(new byte[] {large[100], large[101], large[102]}, range.toByteArray());
    }

    @Test
    void lists_blobs_page_by_page() {
        for (String name : List.of("a", "b", "c"))
            container.getBlobClient("java/list/" + name).upload(BinaryData.fromString("x"), true);
        ListBlobsOptions two = new ListBlobsOptions().setPrefix("java/list/").setMaxResultsPerPage(2);
        List<String> names = container.listBlobs(two, null).stream().map(BlobItem::getName).toList();
        assertEquals(List.of("java/list/a", "java/list/b", "java/list/c"), names);
    }

    @Test
    void is_refused_to_write_over_a_lease() {
        BlobClient blob = container.getBlobClient("java/leased");
        blob.upload(BinaryData.fromString("x"), true);
        BlobLeaseClient lease = new BlobLeaseClientBuilder().blobClient(blob).buildClient();
        lease.acquireLease(15);
        assertRefused(412, BlobErrorCode.LEASE_ID_MISSING, () -> blob.upload(BinaryData.fromString("y"), true));
        lease.releaseLease();
        blob.upload(BinaryData.fromString("y"), true);
    }

    @Test
    void is_refused_tags_which_its_role_has_not() {
        BlobClient blob = container.getBlobClient("java/tagged");
        blob.upload(BinaryData.fromString("x"), true);
        assertRefused(403, BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH, () -> blob.setTags(Map.of("a", "1")));
    }

    @Test
    void is_refused_without_a_role() {
        BlobClient blob = container(World.exchange("withoutRole")).getBlobClient("java/none");
        assertRefused(403, BlobErrorCode.AUTHORIZATION_PERMISSION_MISMATCH, () -> blob.upload(BinaryData.fromString("x")));
    }

    @Test
    void is_refused_a_token_of_the_home_tenant() {
        BlobClient blob = container(World.managedIdentity()).getBlobClient("java/none");
        assertRefused(401, BlobErrorCode.INVALID_AUTHENTICATION_INFO, () -> blob.upload(BinaryData.fromString("x")));
    }

    @Test
    void is_refused_a_blob_that_does_not_exist() {
        BlobClient blob = container.getBlobClient("java/none");
        assertRefused(404, BlobErrorCode.BLOB_NOT_FOUND, blob::downloadContent);
    }

    static BlobContainerClient container(TokenCredential credential) {
        return new BlobContainerClientBuilder()
            .endpoint(planted("storage") + "/" + planted("container.account"))
            .containerName(planted("container.name"))
            .credential(credential)
            .buildClient();
    }

    private static void assertRefused(int status, BlobErrorCode code, Executable call) {
        BlobStorageException refusal = assertThrows(BlobStorageException.class, call);
        assertEquals(status + " " + code, refusal.getStatusCode() + " " + refusal.getErrorCode());
    }
}
