package io.tributary.ctl;

import io.tributary.contracts.admin.Account;
import io.tributary.contracts.admin.PutAccount;
import io.tributary.ctl.Console.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who may play, and what. */
@Command(
    name = "accounts",
    description = "Who may play, and what.",
    synopsisSubcommandLabel = "VERB")
final class AccountsCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  AccountsCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(name = "list", description = "Every account.")
  int list() {
    List<Account> accounts = door.open().accounts();
    console.answer(
        "accounts",
        accounts,
        new Table(
            List.of("ID", "ENTITLEMENTS"),
            accounts.stream()
                .map(account ->
                    List.of(account.id(), Table.cell(String.join(" ", account.entitlements()))))
                .toList()));
    return 0;
  }

  @Command(name = "show", description = "One account.")
  int show(@Parameters(paramLabel = "ID", description = "The account.") String id) {
    return show(door.open().account(id));
  }

  @Command(name = "put", description = "Makes an account, or replaces all it may play.")
  int put(
      @Parameters(index = "0", paramLabel = "ID", description = "The account.") String id,
      @Parameters(
              index = "1..*",
              paramLabel = "TITLE",
              description = "What it may play; '*' for every title; none for nothing.")
          @Nullable List<String> titles) {
    return replace(id, titles == null ? List.of() : titles);
  }

  @Command(name = "delete", description = "Ends an account.")
  int delete(@Parameters(paramLabel = "ID", description = "The account.") String id) {
    door.open().deleteAccount(id);
    console.answer(Map.of("deleted", id), Table.of(List.of(List.of("deleted", id))));
    return 0;
  }

  @Command(name = "grant", description = "Lets an account play more titles.")
  int grant(
      @Parameters(index = "0", paramLabel = "ID", description = "The account.") String id,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "TITLE",
              description = "What it may play too; '*' for every title.")
          List<String> titles) {
    Set<String> entitlements = new TreeSet<>(door.open().account(id).entitlements());
    entitlements.addAll(titles);
    return replace(id, List.copyOf(entitlements));
  }

  @Command(name = "revoke", description = "Takes titles from an account.")
  int revoke(
      @Parameters(index = "0", paramLabel = "ID", description = "The account.") String id,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "TITLE",
              description = "What it may no longer play.")
          List<String> titles) {
    Set<String> entitlements = new TreeSet<>(door.open().account(id).entitlements());
    entitlements.removeAll(titles);
    return replace(id, List.copyOf(entitlements));
  }

  private int replace(String id, List<String> entitlements) {
    door.open().putAccount(id, new PutAccount(entitlements));
    return show(new Account(id, entitlements));
  }

  private int show(Account account) {
    console.answer(
        account,
        Table.of(
            List.of(
                List.of("id", account.id()),
                List.of("entitlements", Table.cell(String.join(" ", account.entitlements()))))));
    return 0;
  }
}
