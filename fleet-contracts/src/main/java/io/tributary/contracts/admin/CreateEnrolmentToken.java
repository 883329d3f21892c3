package io.tributary.contracts.admin;

/**
 * The body of {@code POST /admin/v1/enrolment-tokens}: lets one node join once.
 *
 * @param nodeId of the node to be; the same alphabet as a title's id
 * @param siteId the site where it will stand; it must exist
 */
public record CreateEnrolmentToken(String nodeId, String siteId) {}
