package io.tributary.oca.check;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file system that the store is on, or will be.
 *
 * @param directory of the store
 * @param at what of it is there already
 * @param maxBytes that the store may hold
 * @param heldBytes that it holds
 * @param isCounted false when there was no time to count all it holds
 * @param usableBytes that this user may still write
 * @param filesLeft that the file system can still name; null when it has no such bound, or tells
 *     none
 * @param mount see there; null when it could not be read
 * @param rotates whether it says of itself that it is a turning disk; null when it does not say
 * @param failure why nothing can be written there; null when something can
 */
record SpaceFacts(
    Path directory,
    Path at,
    long maxBytes,
    long heldBytes,
    boolean isCounted,
    long usableBytes,
    @Nullable Long filesLeft,
    @Nullable Mount mount,
    @Nullable Boolean rotates,
    @Nullable String failure) {}
