package io.tributary.contracts.admin;

/**
 * The body of {@code PUT /admin/v1/networks/{networkId}}.
 *
 * @param name of the ISP
 * @param asn its autonomous system; 0 for a private network
 */
public record PutNetwork(String name, long asn) {}
