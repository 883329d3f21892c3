package io.tributary.description;

import io.tributary.gateway.routes.Door;
import java.nio.file.Path;

/** The described faces: one file for each owner at each of the gateway's doors. */
enum ApiFile {
  /** What apps use. */
  PLAYBACK(
      "playback", "io.tributary.playback", Door.PUBLIC, "Tributary: public API", Words.PUBLIC_API),
  /** Titles and accounts. */
  ADMIN_PLAYBACK(
      "admin-playback",
      "io.tributary.playback",
      Door.ADMIN,
      "Tributary: admin API of titles and accounts",
      Words.ADMIN_API),
  /** Networks, sites, nodes, packages. */
  ADMIN_CONTROL_PLANE(
      "admin-control-plane",
      "io.tributary.controlplane",
      Door.ADMIN,
      "Tributary: admin API of networks, sites, nodes and packages",
      Words.ADMIN_API),
  /** Ingests. */
  ADMIN_MEDIA_PIPELINE(
      "admin-media-pipeline",
      "io.tributary.pipeline",
      Door.ADMIN,
      "Tributary: admin API of ingests",
      Words.ADMIN_API);

  /** The checkout; tests run in their module's folder. */
  static final Path ROOT = Path.of("..");

  private static final Path FOLDER = ROOT.resolve("docs/api");

  private final String name;
  private final String basePackage;
  private final Door door;
  private final String title;
  private final String introduction;

  ApiFile(String name, String basePackage, Door door, String title, String introduction) {
    this.name = name;
    this.basePackage = basePackage;
    this.door = door;
    this.title = title;
    this.introduction = introduction;
  }

  /** What the handlers say today. */
  Path current() {
    return FOLDER.resolve(name + ".json");
  }

  /** What clients were promised last. */
  Path released() {
    return FOLDER.resolve("released").resolve(name + ".json");
  }

  /** Where the handlers are. */
  String basePackage() {
    return basePackage;
  }

  Door door() {
    return door;
  }

  /** What the paths at the door begin with. */
  String pathPrefix() {
    return door == Door.PUBLIC ? "/api/v1/" : "/admin/v1/";
  }

  /** The door of a fleet that {@code ./tributary up} started. */
  String localUrl() {
    return door == Door.PUBLIC ? "http://127.0.0.1:21000" : "http://127.0.0.1:21005";
  }

  String title() {
    return title;
  }

  String introduction() {
    return introduction;
  }

  private static final class Words {
    private static final String ERRORS =
        """

        **Errors** are `application/problem+json` (RFC 9457). Act on `type`, which is stable, or on the status where the \
        type is new to you; `detail` is for logs and support. The same request may succeed later where `retryable` \
        is true, at the earliest after `Retry-After` seconds where that header is sent.

        **What may change.** Operations, answers' fields, optional parameters and problem types are added: ignore what you do not \
        know. Nothing that is described here is removed or changes its meaning below this version's path.
        """;

    private static final String PUBLIC_API =
        """
        Titles, plays and their manifests: what an app needs to play.

        **Callers** show a bearer token of one of the fleet's OIDC issuers; its subject is the account. Public titles need none. \
        A token that is shown must be good, even where none is needed. Pages of any origin may call.

        **Repeating.** Every operation may be repeated; the start of a play with the same `Idempotency-Key`. JSON bodies have at most 64 KiB.
        """
            + ERRORS;

    private static final String ADMIN_API =
        """
        For operators, at the gateway's admin door: a listener of its own, apart from the public API.

        **Callers** show a bearer token with the role `operator` or `admin`.

        **Repeating.** What is read, put or deleted may be repeated; a `POST` only where its description says so. \
        JSON bodies have at most 64 KiB.
        """
            + ERRORS;
  }
}
