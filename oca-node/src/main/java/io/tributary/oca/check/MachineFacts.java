package io.tributary.oca.check;

/**
 * What this process may use, which the node started likewise may use as well.
 *
 * @param openFiles that it may have at once
 * @param maxConnections that the node lets in
 * @param maxOpenFiles that the store keeps open
 * @param heapBytes of the JVM at most
 * @param memoryBytes of the machine, or of the container
 */
record MachineFacts(
    long openFiles, int maxConnections, int maxOpenFiles, long heapBytes, long memoryBytes) {}
