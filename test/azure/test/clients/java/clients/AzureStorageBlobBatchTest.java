package clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.batch.BlobBatchClient;
import com.azure.storage.blob.batch.BlobBatchClientBuilder;
import com.azure.storage.blob.batch.BlobBatchStorageException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several blobs in one request, each judged by itself. */
class AzureStorageBlobBatchTest {
    private final BlobContainerClient container = AzureStorageBlobTest.container(World.exchange("trusted"));
    private final BlobBatchClient batches = new BlobBatchClientBuilder(container).buildClient();

    @BeforeEach
    void write() {
        for (String name : List.of("a", "b"))
            container.getBlobClient("java/batch/" + name).upload(BinaryData.fromString("x"), true);
    }

    @Test
    void deletes_blobs() {
        List<Integer> deleted = batches
            .deleteBlobs(List.of(url("a"), url("b")), DeleteSnapshotsOptionType.INCLUDE)
            .stream()
            .map(Response::getStatusCode)
            .toList();
        assertEquals(List.of(202, 202), deleted);
    }

    @Test
    void is_refused_the_blob_that_does_not_exist_alone() {
        List<String> urls = List.of(url("a"), url("none"), url("b"));
        BlobBatchStorageException refusal = assertThrows(
            BlobBatchStorageException.class, () -> batches.deleteBlobs(urls, DeleteSnapshotsOptionType.INCLUDE).stream().toList());
        List<BlobErrorCode> codes = StreamSupport
            .stream(refusal.getBatchExceptions().spliterator(), false)
            .map(BlobStorageException::getErrorCode)
            .toList();
        assertEquals(List.of(BlobErrorCode.BLOB_NOT_FOUND), codes);
    }

    private String url(String name) {
        return container.getBlobClient("java/batch/" + name).getBlobUrl();
    }
}
