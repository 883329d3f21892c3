package io.tributary.gateway.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The page's few files, read once and held: what is not among them cannot be asked for. Browsers
 * revalidate each by its ETag.
 */
public final class PageFiles {
  /**
   * Scripts and styles are the page's own. Playlists come from here and media from nodes, which may
   * be anywhere; hls.js hands media to the player as blobs.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self' http: https:; media-src 'self' blob: http: https:; "
          + "worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final Map<String, MediaType> TYPES =
      Map.of(
          "index.html", MediaType.parseMediaType("text/html;charset=utf-8"),
          "main.js", MediaType.parseMediaType("text/javascript;charset=utf-8"),
          "style.css", MediaType.parseMediaType("text/css;charset=utf-8"),
          "favicon.svg", MediaType.parseMediaType("image/svg+xml"));

  private final Map<String, PageFile> byPath = new HashMap<>();

  private static final class PageFile {
    private final MediaType type;
    private final byte[] bytes;
    private final String etag;

    PageFile(MediaType type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes;
      this.etag = etagOf(bytes);
    }
  }

  /** Reads the files from the class path's {@code static} folder. */
  public PageFiles() {
    TYPES.forEach((name, type) -> {
      byte[] bytes = read(name);
      PageFile file = new PageFile(type, bytes);
      byPath.put("/" + name, file);
      if (name.equals("index.html")) {
        byPath.put("/", file);
      }
    });
  }

  /** Every path of the page, {@code /} among them. */
  public Set<String> paths() {
    return Set.copyOf(byPath.keySet());
  }

  /** Answers them. */
  public RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route(
        RequestPredicates.all().and(request -> byPath.containsKey(request.path())), this::answer);
  }

  private Mono<ServerResponse> answer(ServerRequest request) {
    PageFile file = byPath.get(request.path());
    if (file == null) {
      return ServerResponse.notFound().build();
    }
    boolean known =
        request.headers().header(HttpHeaders.IF_NONE_MATCH).stream()
            .anyMatch(tags -> tags.contains(file.etag));
    ServerResponse.BodyBuilder answer =
        ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .header(HttpHeaders.CACHE_CONTROL, "no-cache")
            .header(HttpHeaders.ETAG, file.etag)
            .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            // The address bar may hold a title, and manifests' URLs a play's right.
            .header("Referrer-Policy", "no-referrer")
            .header("X-Frame-Options", "DENY");
    return known
        ? answer.build()
        : answer.contentType(file.type).contentLength(file.bytes.length).bodyValue(file.bytes);
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("/static/" + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "static/" + name + " is not on the class path (expected: the build bundles the page)");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String etagOf(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
