package io.tributary.fleet.objectstore;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * A running S3 server over a folder: path-style, Signature V4 (in headers and presigned),
 * multipart, ranges. Objects are files, so what was stored survives a kill. Safe for use by many
 * threads.
 */
final class ObjectStore {

  /** The server holds the body of a signed upload in memory to check its hash: bounded by this. */
  private static final long LARGEST_SIGNED_BODY_BYTES = 64L * 1024 * 1024;

  /** For the parts of a big source; the limit of S3 itself. */
  private static final long LARGEST_OBJECT_BYTES = 5L * 1024 * 1024 * 1024;

  /** A laptop's fleet has few clients; each thread costs memory. */
  private static final int THREADS = 32;

  private final S3Proxy server;

  private ObjectStore(S3Proxy server) {
    this.server = server;
  }

  static ObjectStore start(ObjectStoreSettings settings) throws Exception {
    makeFolder(settings);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(settings.folder().toAbsolutePath().toString()))
            .awsAuthentication(
                AuthenticationType.AWS_V4, settings.accessKeyId(), settings.secretAccessKey())
            .endpoint(new URI("http", null, settings.address(), settings.port(), null, null, null))
            .v4MaxNonChunkedRequestSize(LARGEST_SIGNED_BODY_BYTES)
            .maxSinglePartObjectSize(LARGEST_OBJECT_BYTES)
            .jettyMaxThreads(THREADS)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    return new ObjectStore(server);
  }

  int port() {
    return server.getPort();
  }

  void stop() throws Exception {
    server.stop();
  }

  private static void makeFolder(ObjectStoreSettings settings) throws IOException {
    Files.createDirectories(settings.folder());
  }
}
