package io.tributary.contracts.admin;

/**
 * The body of {@code PUT /admin/v1/titles/{titleId}}: changes a title that an ingest made.
 *
 * @param name for people
 * @param isPublic whether it needs no account
 */
public record PutTitle(String name, boolean isPublic) {}
