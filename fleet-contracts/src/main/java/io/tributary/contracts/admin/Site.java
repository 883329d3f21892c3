package io.tributary.contracts.admin;

/** One place, one LAN. See {@link PutSite}. */
public record Site(String id, String networkId, String name) {}
