package io.tributary.contracts.admin;

/**
 * An ISP whose sites hold nodes.
 *
 * @param id 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit
 * @param name of the ISP, for people
 * @param asn its autonomous system's number; 0 for a private network
 */
public record Network(String id, String name, long asn) {}
