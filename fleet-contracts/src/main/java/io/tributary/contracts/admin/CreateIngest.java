package io.tributary.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * Announces a source: the body of {@code POST /admin/v1/ingests}. Its bytes follow as {@code PUT
 * /admin/v1/ingests/{ingestId}/parts/{1…}}, every part but the last of the size that the answer
 * tells, in any order and repeatable; then {@code POST /admin/v1/ingests/{ingestId}/complete}.
 *
 * @param titleId of a new title, or of one that gets a new package: 1 to 64 characters of {@code
 *     a-z 0-9 -}, starting with a letter or digit
 * @param name the title's, for people, 1 to 200 characters; null for the title's id
 * @param fileName of the source, for messages alone; at most 200 characters
 * @param bytes how long the source is: 1 to the service's limit (64 GiB unless set otherwise)
 */
public record CreateIngest(String titleId, @Nullable String name, String fileName, long bytes) {}
