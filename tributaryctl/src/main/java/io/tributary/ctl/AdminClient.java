package io.tributary.ctl;

import io.tributary.contracts.admin.Account;
import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.CreateEnrolmentToken;
import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.EnrolmentToken;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.admin.Purge;
import io.tributary.contracts.admin.PutAccount;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import io.tributary.contracts.admin.PutTitle;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.admin.SiteRoutes;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.ExplainedDecision;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The admin door of a fleet, {@code /admin/v1}, as Java methods. Blocking; safe for use by many
 * threads. Every method throws {@link AdminException} and nothing else when the door refuses or
 * does not answer; an interrupted thread stays interrupted and gets the same.
 *
 * <p>Calls that are safe to repeat are: everything but {@link #createIngest} and {@link
 * #createEnrolmentToken}. Nothing is repeated here.
 */
public final class AdminClient {
  /** A part of 16 MiB over a line of 1 Mbit/s. */
  private static final Duration PART = Duration.ofMinutes(3);

  private final AdminConnection connection;

  /**
   * Makes a client; connects at the first call.
   *
   * @param url of the admin door, e.g. {@code http://127.0.0.1:20090}
   * @param token a bearer token with the role {@code operator} or {@code admin}
   * @throws IllegalArgumentException if {@code url} is no http or https URL
   */
  public AdminClient(URI url, String token) {
    this.connection = new AdminConnection(url, token);
  }

  // Titles and accounts

  /** Every title, by id. */
  public List<AdminTitle> titles() {
    return connection.list("/titles", "titles", AdminTitle.class);
  }

  /** One title. */
  public AdminTitle title(String titleId) {
    return connection.get("/titles/" + AdminConnection.segment(titleId), AdminTitle.class);
  }

  /** Changes a title that an ingest made. */
  public void putTitle(String titleId, PutTitle title) {
    connection.put("/titles/" + AdminConnection.segment(titleId), title);
  }

  /** Every account, by id. */
  public List<Account> accounts() {
    return connection.list("/accounts", "accounts", Account.class);
  }

  /** One account. */
  public Account account(String accountId) {
    return connection.get("/accounts/" + AdminConnection.segment(accountId), Account.class);
  }

  /** Makes an account, or replaces what it may play. */
  public void putAccount(String accountId, PutAccount account) {
    connection.put("/accounts/" + AdminConnection.segment(accountId), account);
  }

  /** Ends an account. */
  public void deleteAccount(String accountId) {
    connection.delete("/accounts/" + AdminConnection.segment(accountId));
  }

  // Networks, sites, nodes and packages

  /** Every network. */
  public List<Network> networks() {
    return connection.list("/networks", "networks", Network.class);
  }

  /** One network. */
  public Network network(String networkId) {
    return connection.get("/networks/" + AdminConnection.segment(networkId), Network.class);
  }

  /** Makes a network, or replaces all of it; returns what the door wrote down. */
  public Network putNetwork(String networkId, PutNetwork network) {
    return connection.put(
        "/networks/" + AdminConnection.segment(networkId), network, Network.class);
  }

  /** Every site. */
  public List<Site> sites() {
    return connection.list("/sites", "sites", Site.class);
  }

  /** One site. */
  public Site site(String siteId) {
    return connection.get("/sites/" + AdminConnection.segment(siteId), Site.class);
  }

  /** What a site's nodes heard from its router, and what became of it. */
  public SiteRoutes siteRoutes(String siteId) {
    return connection.get(
        "/sites/" + AdminConnection.segment(siteId) + "/routes", SiteRoutes.class);
  }

  /** Makes a site, or replaces all of it; returns what the door wrote down. */
  public Site putSite(String siteId, PutSite site) {
    return connection.put("/sites/" + AdminConnection.segment(siteId), site, Site.class);
  }

  /** Lets one node join once; whoever has the answer's token may become this node. */
  public EnrolmentToken createEnrolmentToken(CreateEnrolmentToken wanted) {
    return connection.post("/enrolment-tokens", wanted, EnrolmentToken.class);
  }

  /** Every node. */
  public List<NodeView> nodes() {
    return connection.list("/nodes", "nodes", NodeView.class);
  }

  /** One node. */
  public NodeView node(String nodeId) {
    return connection.get("/nodes/" + AdminConnection.segment(nodeId), NodeView.class);
  }

  /** Names a node in no new ranking, until it is undrained; what it holds stays. */
  public void drainNode(String nodeId) {
    connection.put("/nodes/" + AdminConnection.segment(nodeId) + "/drain", null);
  }

  /** Ends a drain. */
  public void undrainNode(String nodeId) {
    connection.delete("/nodes/" + AdminConnection.segment(nodeId) + "/drain");
  }

  /** Shuts a node out for good: its id is never let in again. */
  public void revokeNode(String nodeId) {
    connection.put("/nodes/" + AdminConnection.segment(nodeId) + "/revocation", null);
  }

  /** Every package. */
  public List<PackageView> packages() {
    return connection.list("/packages", "packages", PackageView.class);
  }

  /** Where one package is. */
  public PackageView packageView(PackageRef ref) {
    return connection.get("/packages/" + ref.path(), PackageView.class);
  }

  /** Every purge. */
  public List<Purge> purges() {
    return connection.list("/purges", "purges", Purge.class);
  }

  /** How far the purge of a title is. */
  public Purge purge(String titleId) {
    return connection.get("/purges/" + AdminConnection.segment(titleId), Purge.class);
  }

  /** Purges a title everywhere, until the purge is lifted; returns how far that is. */
  public Purge purgeTitle(String titleId) {
    return connection.put("/purges/" + AdminConnection.segment(titleId), null, Purge.class);
  }

  /** Lifts a purge: nodes fetch the title's packages again. */
  public void liftPurge(String titleId) {
    connection.delete("/purges/" + AdminConnection.segment(titleId));
  }

  // Steering

  /** A decision of steering, made again from its record. */
  public ExplainedDecision decision(String decisionId) {
    return connection.get(
        "/decisions/" + AdminConnection.segment(decisionId), ExplainedDecision.class);
  }

  /** What steering would decide now for a play of this package from this address. */
  public DecisionRecord whatIf(PackageRef ref, String clientAddress) {
    return connection.get(
        "/what-if?titleId="
            + AdminConnection.segment(ref.titleId())
            + "&packageVersion="
            + AdminConnection.segment(ref.packageVersion())
            + "&clientAddress="
            + AdminConnection.segment(clientAddress),
        DecisionRecord.class);
  }

  // Ingests

  /** Announces a source; its bytes follow as parts. */
  public Ingest createIngest(CreateIngest wanted) {
    return connection.post("/ingests", wanted, Ingest.class);
  }

  /**
   * Sends one part; safe to repeat.
   *
   * @param part from 1
   * @param file the source
   * @param offset where the part begins in it
   * @param bytes how long the part is
   */
  public void uploadPart(String ingestId, int part, Path file, long offset, long bytes) {
    connection.putBytes(
        "/ingests/" + AdminConnection.segment(ingestId) + "/parts/" + part,
        () -> FileSlice.open(file, offset, bytes),
        bytes,
        PART);
  }

  /** Every part is there: transcoding may begin. */
  public Ingest completeIngest(String ingestId) {
    return connection.post(
        "/ingests/" + AdminConnection.segment(ingestId) + "/complete", null, Ingest.class);
  }

  /** How far an ingest is. */
  public Ingest ingest(String ingestId) {
    return connection.get("/ingests/" + AdminConnection.segment(ingestId), Ingest.class);
  }
}
