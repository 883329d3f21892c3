package io.tributary.oca.serve;

/**
 * What every connection of the media door shares. Each part is safe for use by many threads.
 *
 * @param config its bounds
 * @param answers finds what a request gets
 * @param responses puts it into words
 * @param files told when one could not be sent whole
 * @param counters told how each request ended
 */
record MediaDoor(
    ServeConfig config,
    Answers answers,
    Responses responses,
    OpenFiles files,
    ServeCounters counters) {}
