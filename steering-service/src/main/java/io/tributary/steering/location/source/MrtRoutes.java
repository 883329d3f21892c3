package io.tributary.steering.location.source;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.IpVersion;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.RouteSource;
import io.tributary.steering.location.SetAsideReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the records of one table dump and gives its routes to a sink. For one thread. */
final class MrtRoutes {
  private static final int PEER_INDEX_TABLE = 1;
  private static final int RIB_IPV4_UNICAST = 2;
  private static final int RIB_IPV6_UNICAST = 4;
  private static final int RIB_IPV4_UNICAST_ADDPATH = 8;
  private static final int RIB_IPV6_UNICAST_ADDPATH = 10;

  private static final int AFI_IPV4 = 1;
  private static final int AFI_IPV6 = 2;

  /** Bits of a peer's type in the index table. */
  private static final int HAS_IPV6_ADDRESS = 1;

  private static final int HAS_LONG_ASN = 2;

  private final PeerSites peers;
  private final RouteSink sink;
  private final SourceTally tally;
  private List<IndexedPeer> index = List.of();

  private record IndexedPeer(RouterPeer peer, PeerSites.@Nullable SitePreference site) {}

  MrtRoutes(PeerSites peers, RouteSink sink, SourceTally tally) {
    this.peers = peers;
    this.sink = sink;
    this.tally = tally;
  }

  /**
   * Takes a record.
   *
   * @param at its first byte in the file
   */
  void take(boolean isSecondVersion, int subtype, RecordBytes record, long at) {
    try {
      if (isSecondVersion) {
        takeSecond(subtype, record, at);
      } else if (subtype == AFI_IPV4 || subtype == AFI_IPV6) {
        takeFirst(subtype == AFI_IPV4 ? IpVersion.V4 : IpVersion.V6, record, at);
      } else {
        otherKind("TABLE_DUMP", subtype, at);
      }
    } catch (MalformedRecordException e) {
      tally.setAside(SetAsideReason.MALFORMED, "byte", at, e::problem);
    }
  }

  private void takeSecond(int subtype, RecordBytes record, long at)
      throws MalformedRecordException {
    switch (subtype) {
      case PEER_INDEX_TABLE -> index = peerIndex(record);
      case RIB_IPV4_UNICAST -> rib(IpVersion.V4, false, record, at);
      case RIB_IPV6_UNICAST -> rib(IpVersion.V6, false, record, at);
      case RIB_IPV4_UNICAST_ADDPATH -> rib(IpVersion.V4, true, record, at);
      case RIB_IPV6_UNICAST_ADDPATH -> rib(IpVersion.V6, true, record, at);
      default -> otherKind("TABLE_DUMP_V2", subtype, at);
    }
  }

  /** RFC 6396, 4.2: one route. */
  private void takeFirst(IpVersion version, RecordBytes record, long at)
      throws MalformedRecordException {
    int addressBytes = version.bits() / Byte.SIZE;
    record.skip(4); // view and sequence number
    byte[] address = record.take(addressBytes);
    IpPrefix prefix = prefix(address, record.uint8(), version);
    record.skip(5); // status and time
    IpPrefix peerAddress = IpPrefix.masked(record.take(addressBytes), version.bits());
    RouterPeer peer = new RouterPeer(peerAddress, record.uint16());
    RecordBytes attributes = record.part(record.uint16());
    route(prefix, new IndexedPeer(peer, peers.find(peer)), attributes, 2, at);
  }

  /** RFC 6396, 4.3.1. */
  private List<IndexedPeer> peerIndex(RecordBytes record) throws MalformedRecordException {
    record.skip(4); // the collector's id
    record.skip(record.uint16()); // the view's name
    int count = record.uint16();
    List<IndexedPeer> table = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int type = record.uint8();
      record.skip(4); // the peer's id
      int addressBytes = (type & HAS_IPV6_ADDRESS) == 0 ? 4 : 16;
      IpPrefix address = IpPrefix.masked(record.take(addressBytes), addressBytes * Byte.SIZE);
      long asn = (type & HAS_LONG_ASN) == 0 ? record.uint16() : record.uint32();
      RouterPeer peer = new RouterPeer(address, asn);
      table.add(new IndexedPeer(peer, peers.find(peer)));
    }
    return table;
  }

  /** RFC 6396, 4.3.2 and 4.3.4; RFC 8050, 4: all routes of one prefix. */
  private void rib(IpVersion version, boolean hasPathIds, RecordBytes record, long at)
      throws MalformedRecordException {
    record.skip(4); // sequence number
    int length = record.uint8();
    if (length > version.bits()) {
      throw new MalformedRecordException(
          "prefix length is " + length + " (expected: 0 to " + version.bits() + ")");
    }
    byte[] address = new byte[version.bits() / Byte.SIZE];
    byte[] told = record.take((length + Byte.SIZE - 1) / Byte.SIZE);
    System.arraycopy(told, 0, address, 0, told.length);
    IpPrefix prefix = prefix(address, length, version);
    int count = record.uint16();
    for (int i = 0; i < count; i++) {
      int peer = record.uint16();
      record.skip(4 + (hasPathIds ? 4 : 0)); // time
      RecordBytes attributes = record.part(record.uint16());
      if (peer < index.size()) {
        route(prefix, index.get(peer), attributes, 4, at);
      } else {
        String what = "peer is " + peer + " (expected: below " + index.size() + ")";
        tally.setAside(SetAsideReason.MALFORMED, "byte", at, () -> what);
      }
    }
  }

  /** Bits beyond the length mean nothing (RFC 4271, 4.3). */
  private static IpPrefix prefix(byte[] address, int length, IpVersion version)
      throws MalformedRecordException {
    if (length > version.bits()) {
      throw new MalformedRecordException(
          "prefix length is " + length + " (expected: 0 to " + version.bits() + ")");
    }
    return IpPrefix.masked(address, length);
  }

  private void route(
      IpPrefix prefix, IndexedPeer heardFrom, RecordBytes attributes, int asnBytes, long at) {
    PeerSites.SitePreference site = heardFrom.site;
    RouterPeer peer = heardFrom.peer;
    if (site == null) {
      tally.setAside(SetAsideReason.UNMAPPED_PEER, "byte", at, peer::toString);
      return;
    }
    try {
      PathAttributes path = PathAttributes.read(attributes, asnBytes);
      // An empty path is one inside the peer's own network (RFC 4271, 9.1.2.2; RFC 6811, 2).
      boolean isInside = path.asPathLength() == 0;
      RouteOrigin origin =
          new RouteOrigin(
              site.siteId(),
              site.preference(),
              path.asPathLength(),
              isInside ? peer.asn() : path.neighbourAsn(),
              path.med(),
              RouteSource.MRT);
      long originAsn = isInside ? peer.asn() : path.originAsn();
      tally.route(
          sink.announced(prefix, origin, originAsn),
          "byte",
          at,
          () -> site.siteId() + " " + prefix + " of AS" + originAsn);
    } catch (MalformedRecordException e) {
      tally.setAside(SetAsideReason.MALFORMED, "byte", at, () -> prefix + ": " + e.problem());
    }
  }

  private void otherKind(String type, int subtype, long at) {
    tally.setAside(SetAsideReason.OTHER_KIND, "byte", at, () -> type + " of subtype " + subtype);
  }
}
