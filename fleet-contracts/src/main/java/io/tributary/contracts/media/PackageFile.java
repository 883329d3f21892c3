package io.tributary.contracts.media;

/**
 * A file of a package.
 *
 * @param path below the package's path, e.g. {@code v720/init.mp4}: two names of {@code a-z 0-9 .
 *     -} and a slash
 * @param bytes its exact size
 * @param sha256 64 lower-case hexadecimal digits
 */
public record PackageFile(String path, long bytes, String sha256) {}
