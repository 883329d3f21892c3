package io.tributary.oca.routes;

import io.tributary.contracts.node.Routes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What ExaBGP's JSON lines add up to: the routes that its neighbours announced and did not
 * withdraw. A neighbour whose session ends takes its routes with it. A line that is not understood
 * is counted and passed over, as ExaBGP says more than this needs. For one thread.
 *
 * <p>The routes of all neighbours count together. One more than the bound empties the table and
 * closes it to routes until it {@link #begin}s again: what is left out could not be told from what
 * was withdrawn.
 */
final class ExaBgpTable {
  private final JsonMapper json;
  private final int maxPrefixes;
  private final Map<String, Map<String, Routes.Route>> byNeighbour = new HashMap<>();
  private int size;
  private boolean isOverfull;
  private @Nullable String lastBadLine;

  ExaBgpTable(JsonMapper json, int maxPrefixes) {
    this.json = json;
    this.maxPrefixes = maxPrefixes;
  }

  /** Forgets all: its neighbours are asked to say everything again. */
  void begin() {
    byNeighbour.clear();
    size = 0;
    isOverfull = false;
    lastBadLine = null;
  }

  /** Whether it can tell no more of its neighbours' routes until it begins again. */
  boolean isLost() {
    return isOverfull || lastBadLine != null;
  }

  Reading reading() {
    if (isOverfull) {
      return RouteList.tooMany(maxPrefixes);
    }
    if (lastBadLine != null) {
      return new Reading.Refused("ExaBGP's line is not understood: " + lastBadLine);
    }
    RouteList routes = new RouteList(maxPrefixes);
    byNeighbour.values().forEach(announced -> announced.values().forEach(routes::add));
    return routes.reading();
  }

  /** Takes a line in; whether it changed anything. Never throws. */
  boolean take(String line) {
    if (line.isBlank() || line.equals("done") || line.equals("error")) {
      return false; // the answer to what it was asked
    }
    try {
      return take(json.readTree(line));
    } catch (JacksonException | IllegalArgumentException e) {
      String reason =
          e instanceof JacksonException ? "it is no JSON" : String.valueOf(e.getMessage());
      lastBadLine = reason;
      return true;
    }
  }

  private boolean take(JsonNode event) {
    JsonNode neighbour = event.path("neighbor");
    String peer = neighbour.path("address").path("peer").stringValue("");
    String type = event.path("type").stringValue("");
    if (type.equals("state")) {
      return "down".equals(neighbour.path("state").stringValue("")) && forget(peer);
    }
    JsonNode update = neighbour.path("message").path("update");
    if (!type.equals("update") || !update.isObject()) {
      return false;
    }
    boolean isOther = false;
    for (String family : List.of("ipv4 unicast", "ipv6 unicast")) {
      for (JsonNode withdrawn : update.path("withdraw").path(family)) {
        isOther |= withdraw(peer, PrefixText.prefix(nlri(withdrawn)));
      }
      JsonNode byNextHop = update.path("announce").path(family);
      if (byNextHop.isObject() && !byNextHop.isEmpty()) {
        List<Long> path = path(update.path("attribute").path("as-path"));
        @Nullable Long med = med(update.path("attribute").path("med"));
        for (JsonNode announced : byNextHop) {
          for (JsonNode each : announced) {
            isOther |= announce(peer, new Routes.Route(PrefixText.prefix(nlri(each)), path, med));
          }
        }
      }
    }
    return isOther;
  }

  private boolean announce(String peer, Routes.Route route) {
    if (isOverfull) {
      return false;
    }
    Routes.@Nullable Route before =
        byNeighbour.computeIfAbsent(peer, each -> new HashMap<>()).put(route.prefix(), route);
    if (before == null && ++size > maxPrefixes) {
      byNeighbour.clear();
      size = 0;
      isOverfull = true;
      return true;
    }
    return !route.equals(before);
  }

  private boolean withdraw(String peer, String prefix) {
    @Nullable Map<String, Routes.Route> announced = byNeighbour.get(peer);
    if (announced == null || announced.remove(prefix) == null) {
      return false;
    }
    size--;
    return true;
  }

  private boolean forget(String peer) {
    @Nullable Map<String, Routes.Route> announced = byNeighbour.remove(peer);
    size -= announced == null ? 0 : announced.size();
    return announced != null;
  }

  /** ExaBGP 4 writes objects, 3 wrote keys. */
  private static String nlri(JsonNode node) {
    return node.isString() ? node.stringValue() : node.path("nlri").stringValue("");
  }

  private static @Nullable Long med(JsonNode node) {
    return node.isMissingNode() ? null : PrefixText.number("med", node.asString());
  }

  /** ExaBGP 4 writes a list, in which a list is a set; 5 writes segments by their number. */
  private static List<Long> path(JsonNode node) {
    List<Long> path = new ArrayList<>();
    for (JsonNode each : node) {
      if (each.isNumber()) {
        path.add(PrefixText.number("as-path", each.asString()));
      } else if (each.isArray() || !"as-sequence".equals(each.path("element").stringValue(""))) {
        path.add(PrefixText.SET);
      } else {
        each.path("value")
            .forEach(number -> path.add(PrefixText.number("as-path", number.asString())));
      }
    }
    return path;
  }
}
