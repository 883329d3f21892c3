package io.tributary.contracts.node;

/**
 * The answer to {@code GET /oca/v1/config}.
 *
 * @param configVersion confirmed by the next heartbeat
 * @param mediaTokenKeys public keys of media tokens, a JWK set (RFC 7517) as text; more than one
 *     while keys rotate
 * @param scrubPassSeconds in which every held byte is read and checked once
 * @param fillBitsPerSecond at most, over all fills
 */
public record NodeConfig(
    long configVersion, String mediaTokenKeys, long scrubPassSeconds, long fillBitsPerSecond) {}
