package io.tributary.steering.snapshot;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The nodes that confirmed one package, by id. In one array, and of each node's id one text in the
 * whole process: a fleet has a million holdings, and a decision that hops over the heap waits for
 * memory most of its time. Immutable; safe for use by many threads.
 */
public final class Holders extends AbstractSet<String> {
  /** Nobody. */
  static final Holders NONE = new Holders(new String[0]);

  private final String[] nodeIds;

  private Holders(String[] nodeIds) {
    this.nodeIds = nodeIds;
  }

  /** With one more; it was not among them. */
  Holders with(String nodeId) {
    int place = -1 - Arrays.binarySearch(nodeIds, nodeId);
    String[] more = new String[nodeIds.length + 1];
    System.arraycopy(nodeIds, 0, more, 0, place);
    more[place] = nodeId.intern();
    System.arraycopy(nodeIds, place, more, place + 1, nodeIds.length - place);
    return new Holders(more);
  }

  /** With one less; it was among them. */
  Holders without(String nodeId) {
    int place = Arrays.binarySearch(nodeIds, nodeId);
    String[] less = new String[nodeIds.length - 1];
    System.arraycopy(nodeIds, 0, less, 0, place);
    System.arraycopy(nodeIds, place + 1, less, place, less.length - place);
    return new Holders(less);
  }

  @Override
  public boolean contains(Object nodeId) {
    return nodeId instanceof String text && Arrays.binarySearch(nodeIds, text) >= 0;
  }

  /** In the order of their ids. */
  @Override
  public Iterator<String> iterator() {
    return Arrays.asList(nodeIds).iterator();
  }

  @Override
  public Object[] toArray() {
    return Arrays.copyOf(nodeIds, nodeIds.length, Object[].class);
  }

  @Override
  public int size() {
    return nodeIds.length;
  }
}
