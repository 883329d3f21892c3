package io.tributary.client.nodes;

/** Why a play leaves a node. */
public enum NodeFault {
  /** No connection: refused, unknown host, or none in time. */
  UNREACHABLE,
  /** It answered with a status other than the one asked for. */
  REFUSED,
  /** It sent nothing for longer than the buffer allows. */
  STALLED,
  /** It sends, yet so slowly that the buffer would run dry. */
  TOO_SLOW,
  /** The connection ended before the file did. */
  BROKE_OFF,
  /** What it sent is not the file: another size or another hash. */
  CORRUPT
}
