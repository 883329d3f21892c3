package io.tributary.controlplane.fill;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where packages are stored.
 *
 * @param endpoint of the S3 API, as nodes reach it
 * @param region that signatures name
 * @param credentialsFile properties {@code accessKeyId} and {@code secretAccessKey}
 * @param packagesBucket with the packages below {@code packages/}
 */
public record ObjectStoreConfig(
    URI endpoint, String region, Path credentialsFile, String packagesBucket) {}
