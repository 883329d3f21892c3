package io.tributary.fleet.lifecycle;

import io.tributary.ctl.AdminClient;
import io.tributary.ctl.keys.FleetKeys;
import io.tributary.ctl.keys.LocalIssuer;
import io.tributary.fleet.definition.FleetDefinition;
import io.tributary.fleet.door.PublicDoor;
import io.tributary.fleet.fault.FaultClient;
import io.tributary.fleet.layout.Checkout;
import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetLock;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.process.ProcessState;
import io.tributary.fleet.process.ProcessTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;

/**
 * One fleet that has a plan, with everything that its words work on.
 *
 * @param folder its files
 * @param plan what it is made of
 * @param checkout that it runs from
 * @param keys its secrets
 * @param definition how its processes are started
 * @param processes that run
 * @param issuer of bearer tokens
 * @param http for its doors
 */
public record FleetContext(
    FleetFolder folder,
    FleetPlan plan,
    Checkout checkout,
    FleetKeys keys,
    FleetDefinition definition,
    ProcessTable processes,
    LocalIssuer issuer,
    HttpClient http) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** The launcher's own calls are short; a token need not outlive a word by much. */
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

  /** The account in whose name the launcher operates. */
  private static final String OPERATOR = "launcher";

  /** Puts a fleet together; nothing is written or started. */
  public static FleetContext of(FleetFolder folder, FleetPlan plan, Checkout checkout, Jdks jdks) {
    FleetKeys keys = new FleetKeys(folder.keys(), Jdks.tool(jdks.current(), "keytool"), List.of());
    return new FleetContext(
        folder,
        plan,
        checkout,
        keys,
        new FleetDefinition(plan, folder, keys, checkout, jdks),
        new ProcessTable(folder.run()),
        new LocalIssuer(keys.issuerKey(), plan.name(), InstantSource.system()),
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build());
  }

  /** A bearer token that may operate this fleet. */
  public String operatorToken() throws IOException {
    return issuer.token(OPERATOR, "operator", TOKEN_LIFETIME);
  }

  /** A bearer token of a viewer. */
  public String viewerToken(String account) throws IOException {
    return issuer.token(account, "viewer", TOKEN_LIFETIME);
  }

  /** Where operators reach this fleet. */
  public String adminBaseUrl() throws IOException {
    return "http://127.0.0.1:" + plan.ports().publicPort(Door.GATEWAY_ADMIN, gateway().orElse(1));
  }

  /** The admin door, in an operator's name. */
  public AdminClient admin() throws IOException {
    return new AdminClient(URI.create(adminBaseUrl()), operatorToken());
  }

  /** The public door as reached from this machine. */
  public String gatewayBaseUrl() throws IOException {
    return "http://127.0.0.1:" + plan.ports().publicPort(Door.GATEWAY, gateway().orElse(1));
  }

  /** A gateway that runs now; empty if none does. */
  OptionalInt gateway() throws IOException {
    for (FleetPlan.Member member : plan.members(Service.GATEWAY)) {
      if (processes.state(member.name()) instanceof ProcessState.Running) {
        return OptionalInt.of(member.instance());
      }
    }
    return OptionalInt.empty();
  }

  /** The public door, in the name of the account that may play everything. */
  public PublicDoor publicDoor() throws IOException {
    return new PublicDoor(http, gatewayBaseUrl(), viewerToken(FleetUp.VIEWER));
  }

  /** The fault proxy's control. */
  public FaultClient faults() {
    return new FaultClient(http, plan.ports().faultControl());
  }

  /** What to type for a word about this fleet. */
  public String word(String words) {
    return "./tributary "
        + words
        + (plan.name().equals(FleetPlan.DEFAULT_NAME) ? "" : " --fleet " + plan.name());
  }

  /** Held while processes of this fleet are started or stopped; waits for whoever holds it. */
  public static FleetLock lock(FleetFolder folder, Progress progress) throws IOException {
    return FleetLock.take(
        folder.root().resolve("lock"),
        () -> progress.tell("Another ./tributary is at work on this fleet; waiting for it ..."));
  }
}
