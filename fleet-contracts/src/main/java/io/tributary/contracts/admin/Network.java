package io.tributary.contracts.admin;

/** An ISP whose sites hold nodes. See {@link PutNetwork}. */
public record Network(String id, String name, long asn) {}
