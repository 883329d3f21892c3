package io.tributary.contracts.admin;

/**
 * The body of {@code PUT /admin/v1/titles/{titleId}}: changes a title that an ingest made.
 *
 * @param name its name, for people: 1 to 200 characters
 * @param isPublic whether it needs no account
 */
public record PutTitle(String name, boolean isPublic) {}
