package io.tributary.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * Announces a source: the body of {@code POST /admin/v1/ingests}. Its bytes follow as {@code PUT
 * /admin/v1/ingests/{ingestId}/parts/{1…}}, every part but the last of the size that the answer
 * tells, in any order and repeatable; then {@code POST /admin/v1/ingests/{ingestId}/complete}.
 *
 * @param titleId of a new title, or of one that gets a new package
 * @param name for people; null for the title's id
 * @param fileName of the source, for messages alone
 * @param bytes of the source, at least 1
 */
public record CreateIngest(String titleId, @Nullable String name, String fileName, long bytes) {}
