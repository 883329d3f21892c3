package io.tributary.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * How far a source has come; {@code GET /admin/v1/ingests/{ingestId}}.
 *
 * @param ingestId names this source's ingest
 * @param titleId the title that it makes or renews
 * @param state how far it is
 * @param partBytes bytes of every part but the last
 * @param progress how much of the current state's work is done, 0 to 1
 * @param packageVersion of the package that it makes; null until it is known
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
