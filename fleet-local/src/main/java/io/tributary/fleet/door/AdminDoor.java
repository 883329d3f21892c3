package io.tributary.fleet.door;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.EnrolmentToken;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.admin.PutAccount;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the launcher asks of the admin door. Every method may be repeated safely and throws {@link
 * IOException}, with the door's own words, when it is refused or there is no answer. Safe for use
 * by many threads.
 */
public interface AdminDoor {

  /** Makes or changes a network. */
  void putNetwork(String networkId, PutNetwork network) throws IOException, InterruptedException;

  /** Makes or changes a site. */
  void putSite(String siteId, PutSite site) throws IOException, InterruptedException;

  /** A new right of one node to join. */
  EnrolmentToken enrolmentToken(String nodeId, String siteId)
      throws IOException, InterruptedException;

  /** Every node. */
  List<NodeView> nodes() throws IOException, InterruptedException;

  /** Where a package is; empty before the control plane knows of it. */
  Optional<PackageView> packageView(String titleId, String packageVersion)
      throws IOException, InterruptedException;

  /** Every title, of which a laptop's fleet has few. */
  List<AdminTitle> titles() throws IOException, InterruptedException;

  /** Whether there is such an account. */
  boolean accountExists(String accountId) throws IOException, InterruptedException;

  /** Makes or changes an account. */
  void putAccount(String accountId, PutAccount account) throws IOException, InterruptedException;

  /** Announces a source. */
  Ingest createIngest(CreateIngest ingest) throws IOException, InterruptedException;

  /**
   * Sends one part of a source.
   *
   * @param number from 1
   */
  void putPart(String ingestId, int number, byte[] bytes) throws IOException, InterruptedException;

  /** Says that all parts are there. */
  Ingest completeIngest(String ingestId) throws IOException, InterruptedException;

  /** How far a source has come. */
  Ingest ingest(String ingestId) throws IOException, InterruptedException;
}
