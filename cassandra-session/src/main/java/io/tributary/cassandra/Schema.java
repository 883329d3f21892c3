package io.tributary.cassandra;

/**
 * What a service keeps in Cassandra.
 *
 * @param keyspace the service's own
 * @param folder the class path folder whose {@code V001__name.cql} files make the tables
 */
public record Schema(String keyspace, String folder) {}
