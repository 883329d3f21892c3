package io.tributary.oca.store;

import io.tributary.contracts.media.PackageRef;

/**
 * A package in the index.
 *
 * @param ref the package
 * @param manifestSha256 its digest
 * @param bytes of all its files
 * @param isWhole false while a file of it is dropped
 */
public record Held(PackageRef ref, String manifestSha256, long bytes, boolean isWhole) {}
