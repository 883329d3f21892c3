package io.tributary.contracts.admin;

/**
 * The body of {@code PUT /admin/v1/networks/{networkId}}.
 *
 * @param name of the ISP, for people: 1 to 200 characters
 * @param asn its autonomous system's number, 0 to 4294967295; 0 for a private network
 */
public record PutNetwork(String name, long asn) {}
