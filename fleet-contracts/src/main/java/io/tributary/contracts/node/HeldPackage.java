package io.tributary.contracts.node;

/**
 * A package that a node holds.
 *
 * @param titleId the title
 * @param packageVersion the package
 * @param manifestSha256 the digest of what is held
 */
public record HeldPackage(String titleId, String packageVersion, String manifestSha256) {}
