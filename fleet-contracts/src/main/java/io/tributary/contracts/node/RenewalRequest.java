package io.tributary.contracts.node;

/**
 * A node renews its identity: {@code POST /oca/v1/certificates}, with its present certificate. PKCS
 * #10 in PEM.
 */
public record RenewalRequest(String certificateRequest) {}
