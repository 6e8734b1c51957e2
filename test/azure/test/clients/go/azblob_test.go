package clients

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

func blobs(t *testing.T, credential azcore.TokenCredential) *azblob.Client {
	return must(azblob.NewClient(world.Storage+"/"+world.Container.Account, credential, nil))(t)
}

func TestAzblob(t *testing.T) {
	invoices := world.Container.Name
	t.Run("writes, reads, lists and deletes a blob", func(t *testing.T) {
		client, name := blobs(t, trusted(t)), "go/a b/ü.txt"
		must(client.UploadBuffer(t.Context(), invoices, name, []byte("hello"), nil))(t)
		equal(t, string(download(t, client, name, blob.HTTPRange{})), "hello")
		pages := client.NewListBlobsFlatPager(invoices, &azblob.ListBlobsFlatOptions{Prefix: to.Ptr("go/a b/")})
		page := must(pages.NextPage(t.Context()))(t)
		equal(t, len(page.Segment.BlobItems), 1)
		equal(t, *page.Segment.BlobItems[0].Name, name)
		must(client.DeleteBlob(t.Context(), invoices, name, nil))(t)
		_, err := client.DownloadStream(t.Context(), invoices, name, nil)
		refused(t, err, 404, "BlobNotFound")
	})
	t.Run("uploads 32 MiB in blocks and reads a range of them", func(t *testing.T) {
		client, content := blobs(t, trusted(t)), make([]byte, 32*1024*1024)
		must(rand.Read(content))(t)
		options := azblob.UploadStreamOptions{BlockSize: 4 * 1024 * 1024, Concurrency: 4}
		must(client.UploadStream(t.Context(), invoices, "go/large", bytes.NewReader(content), &options))(t)
		large := client.ServiceClient().NewContainerClient(invoices).NewBlockBlobClient("go/large")
		list := must(large.GetBlockList(t.Context(), blockblob.BlockListTypeCommitted, nil))(t)
		equal(t, len(list.CommittedBlocks), 8)
		equal(t, bytes.Equal(download(t, client, "go/large", blob.HTTPRange{}), content), true)
		part := download(t, client, "go/large", blob.HTTPRange{Offset: 5_000_000, Count: 10})
		equal(t, string(part), string(content[5_000_000:5_000_010]))
		must(client.DeleteBlob(t.Context(), invoices, "go/large", nil))(t)
	})
	t.Run("lists in pages and by folder", func(t *testing.T) {
		client := blobs(t, trusted(t))
		for number := range 6 {
			name := fmt.Sprintf("go/list/%c/%d", 'a'+number/3, number%3)
			must(client.UploadBuffer(t.Context(), invoices, name, nil, nil))(t)
		}
		pages, counts := client.NewListBlobsFlatPager(invoices, &azblob.ListBlobsFlatOptions{
			Prefix:     to.Ptr("go/list/"),
			MaxResults: to.Ptr[int32](4),
		}), []int{}
		for pages.More() {
			counts = append(counts, len(must(pages.NextPage(t.Context()))(t).Segment.BlobItems))
		}
		equal(t, fmt.Sprint(counts), "[4 2]")
		hierarchy := client.ServiceClient().NewContainerClient(invoices).NewListBlobsHierarchyPager(
			"/", &container.ListBlobsHierarchyOptions{Prefix: to.Ptr("go/list/")})
		equal(t, len(must(hierarchy.NextPage(t.Context()))(t).Segment.BlobPrefixes), 2)
	})
	t.Run("is refused without a role", func(t *testing.T) {
		client := blobs(t, exchange(t, world.Resource.TenantID, "withoutRole", exchangeScope))
		_, err := client.UploadBuffer(t.Context(), invoices, "go/never", nil, nil)
		refused(t, err, 403, "AuthorizationPermissionMismatch")
	})
	t.Run("is refused the list of containers with a role at one", func(t *testing.T) {
		_, err := blobs(t, trusted(t)).NewListContainersPager(nil).NextPage(t.Context())
		refused(t, err, 403, "AuthorizationPermissionMismatch")
	})
	t.Run("is refused the home tenant's token", func(t *testing.T) {
		client := blobs(t, managedIdentity(t, azidentity.ClientID(world.Identity.ClientID)))
		_, err := client.UploadBuffer(t.Context(), invoices, "go/never", nil, nil)
		refused(t, err, 401, "InvalidAuthenticationInfo")
	})
	t.Run("is refused without a token", func(t *testing.T) {
		client := must(azblob.NewClientWithNoCredential(world.Storage+"/"+world.Container.Account, nil))(t)
		_, err := client.DownloadStream(t.Context(), invoices, "go/never", nil)
		refused(t, err, 401, "NoAuthenticationInformation")
	})
}

func download(t *testing.T, client *azblob.Client, name string, part blob.HTTPRange) []byte {
	t.Helper()
	answer := must(client.DownloadStream(t.Context(), world.Container.Name, name, &azblob.DownloadStreamOptions{Range: part}))(t)
	defer answer.Body.Close()
	return must(io.ReadAll(answer.Body))(t)
}
