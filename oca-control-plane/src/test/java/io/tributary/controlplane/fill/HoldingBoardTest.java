package io.tributary.controlplane.fill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tributary.contracts.media.PackageRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each test ends by itself, or by its time: what must not wait would wait for ever. */
@Timeout(10)
class HoldingBoardTest {
  private static final PackageRef A = new PackageRef("a", "p1");
  private static final PackageRef B = new PackageRef("b", "p1");

  private final SlowStore store = new SlowStore();
  private final HoldingBoard board = new HoldingBoard(store);

  @Test
  void whileOneNodesWriteHangs_othersAreTakenAndTheBoardIsRefreshed() throws Exception {
    CompletableFuture<NodeHoldings> hanging = put(SlowStore.SLOW, A);
    store.hangs.await();

    board.put("n2", "d2", 1, Set.of(B));
    board.refresh();

    assertEquals(List.of("n2"), board.holders(B));
    assertEquals(NodeHoldings.NONE, board.of(SlowStore.SLOW));
    store.mayGoOn.countDown();
    assertEquals(hanging.get(), board.of(SlowStore.SLOW));
  }

  /** Or the content of one of them would never be forgotten. */
  @Test
  void ofOneNode_aWriteReplacesWhatTheOneBeforeItWrote() throws Exception {
    CompletableFuture<NodeHoldings> first = put(SlowStore.SLOW, A);
    store.hangs.await();
    CompletableFuture<NodeHoldings> second = put(SlowStore.SLOW, B);
    assertFalse(isDoneWithin(second, 100));

    store.mayGoOn.countDown();

    assertEquals(second.get(), board.of(SlowStore.SLOW));
    assertEquals(List.of(HoldingHead.NONE, first.get().head()), store.replaced);
  }

  @Test
  void whatIsPutWhileTheBoardReadsIsNotTakenBack() {
    board.put("n1", "d1", 1, Set.of(A));
    store.onceRead = () -> board.put("n1", "d2", 2, Set.of(B));

    board.refresh();

    assertEquals(Set.of(B), board.of("n1").packages());
    store.onceRead = () -> {};
    board.refresh();
    assertEquals(Set.of(B), board.of("n1").packages());
  }

  @Test
  void whatAnotherReplicaWroteIsRead() {
    board.put("n1", "d1", 1, Set.of(A));
    new HoldingBoard(store).put("n1", "d2", 2, Set.of(B));

    board.refresh();

    assertEquals(Set.of(B), board.of("n1").packages());
  }

  private CompletableFuture<NodeHoldings> put(String nodeId, PackageRef ref) {
    return CompletableFuture.supplyAsync(
        () -> board.put(nodeId, "d", 1, Set.of(ref)), Thread::startVirtualThread);
  }

  private static boolean isDoneWithin(CompletableFuture<NodeHoldings> put, long millis)
      throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    var _ = put.thenRun(done::countDown);
    return done.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Hangs in what one node writes, once. */
  private static final class SlowStore implements HoldingStore {
    static final String SLOW = "slow";

    private final InMemoryHoldingStore store = new InMemoryHoldingStore();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final List<HoldingHead> replaced = new CopyOnWriteArrayList<>();
    private Runnable onceRead = () -> {};

    @Override
    public Map<String, HoldingHead> heads() {
      Map<String, HoldingHead> heads = store.heads();
      onceRead.run();
      return heads;
    }

    @Override
    public Set<PackageRef> content(String nodeId, HoldingHead head) {
      return store.content(nodeId, head);
    }

    @Override
    public void put(String nodeId, HoldingHead before, NodeHoldings holdings) {
      if (nodeId.equals(SLOW)) {
        hangs.countDown();
        await(mayGoOn);
      }
      replaced.add(before);
      store.put(nodeId, before, holdings);
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
