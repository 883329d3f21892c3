package io.tributary.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * How far a source has come; {@code GET /admin/v1/ingests/{ingestId}}.
 *
 * @param ingestId of this source
 * @param titleId its title
 * @param state see {@link IngestState}
 * @param partBytes size of every part but the last
 * @param progress of the current state, 0 to 1
 * @param packageVersion null until it is known
 * @param failure what is wrong with the source, for people; null unless failed
 */
public record Ingest(
    String ingestId,
    String titleId,
    IngestState state,
    long partBytes,
    double progress,
    @Nullable String packageVersion,
    @Nullable String failure) {}
