package io.tributary.playback.admin;

import io.tributary.bearer.Caller;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.admin.Account;
import io.tributary.contracts.admin.AccountPage;
import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.AdminTitlePage;
import io.tributary.contracts.admin.PutAccount;
import io.tributary.contracts.admin.PutTitle;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import io.tributary.contracts.event.AdminActed;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.catalogue.Catalogue;
import io.tributary.playback.catalogue.CatalogueTitle;
import io.tributary.playback.catalogue.CatalogueTitle.CurrentPackage;
import io.tributary.playback.catalogue.Titles;
import io.tributary.playback.context.Requests;
import io.tributary.playback.entitlement.Accounts;
import io.tributary.playback.entitlement.ViewerAccount;
import io.tributary.playback.entitlement.Viewers;
import io.tributary.playback.events.Events;
import io.tributary.playback.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /admin/v1/titles} and {@code /admin/v1/accounts}. Every change is told as an {@link
 * AdminActed}.
 */
@RestController
@RequestMapping(path = "/admin/v1", produces = MediaType.APPLICATION_JSON_VALUE)
public final class AdminController {
  private static final int PAGE = 100;
  private static final int MAX_NAME = 200;

  /** More than an account can be offered one by one; who has more gets every title. */
  private static final int MAX_ENTITLEMENTS = 1_000;

  /** What a bearer token's subject may be. */
  private static final Pattern ACCOUNT_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final Catalogue catalogue;
  private final Titles titles;
  private final Accounts accounts;
  private final Viewers viewers;
  private final Events events;
  private final Requests requests;

  public AdminController(
      Catalogue catalogue,
      Titles titles,
      Accounts accounts,
      Viewers viewers,
      Events events,
      Requests requests) {
    this.catalogue = catalogue;
    this.titles = titles;
    this.accounts = accounts;
    this.viewers = viewers;
    this.events = events;
    this.requests = requests;
  }

  /**
   * Lists all titles by id, a page at a time.
   *
   * @param cursor the last page's {@code nextCursor}; left out for the first page
   * @return A page of titles.
   */
  @GetMapping("/titles")
  AdminTitlePage listTitles(@RequestParam(required = false) @Nullable String cursor) {
    List<CatalogueTitle> page = catalogue.titles(cursor, PAGE);
    return new AdminTitlePage(
        page.stream().map(AdminController::adminTitle).toList(),
        page.size() < PAGE ? null : page.getLast().titleId());
  }

  /**
   * Shows a title.
   *
   * @param titleId the title
   * @return The title.
   */
  @GetMapping("/titles/{titleId}")
  @Refuses(ProblemType.NOT_FOUND)
  AdminTitle getTitle(@PathVariable String titleId) {
    return catalogue
        .freshTitle(titleId)
        .map(AdminController::adminTitle)
        .orElseThrow(() -> noTitle(titleId));
  }

  /**
   * Changes a title's name and whether it is public. A title is made by the ingest of its source.
   *
   * @param titleId the title
   * @return The title as it is now.
   */
  @PutMapping(path = "/titles/{titleId}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Refuses({ProblemType.INVALID, ProblemType.NOT_FOUND})
  AdminTitle putTitle(
      @PathVariable String titleId, @RequestBody PutTitle body, HttpServletRequest request) {
    @Nullable String name = body.name();
    if (name == null || name.isBlank() || name.length() > MAX_NAME) {
      throw new Problem(
          ProblemType.INVALID,
          "name is "
              + (name == null ? "missing" : Problem.quoted(name))
              + " (expected: 1 to "
              + MAX_NAME
              + " characters)");
    }
    if (!catalogue.edit(titleId, name, body.isPublic())) {
      throw noTitle(titleId);
    }
    CatalogueTitle edited = catalogue.freshTitle(titleId).orElseThrow(() -> noTitle(titleId));
    titles.saw(edited);
    tell(request, "put-title", "title/" + titleId);
    return adminTitle(edited);
  }

  /**
   * Lists all accounts by id, a page at a time.
   *
   * @param cursor the last page's {@code nextCursor}; left out for the first page
   * @return A page of accounts.
   */
  @GetMapping("/accounts")
  AccountPage listAccounts(@RequestParam(required = false) @Nullable String cursor) {
    List<ViewerAccount> page = accounts.list(cursor, PAGE);
    return new AccountPage(
        page.stream().map(AdminController::account).toList(),
        page.size() < PAGE ? null : page.getLast().accountId());
  }

  /**
   * Shows an account and what it may play.
   *
   * @param accountId the account: its bearer tokens' subject
   * @return The account.
   */
  @GetMapping("/accounts/{accountId}")
  @Refuses(ProblemType.NOT_FOUND)
  Account getAccount(@PathVariable String accountId) {
    return accounts
        .findFresh(accountId)
        .map(AdminController::account)
        .orElseThrow(() -> noAccount(accountId));
  }

  /**
   * Makes an account, or replaces all it may play.
   *
   * @param accountId the account: its bearer tokens' subject, 1 to 128 visible ASCII characters
   * @return The account as it is now.
   */
  @PutMapping(path = "/accounts/{accountId}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Refuses(ProblemType.INVALID)
  Account putAccount(
      @PathVariable String accountId, @RequestBody PutAccount body, HttpServletRequest request) {
    if (!ACCOUNT_ID.matcher(accountId).matches()) {
      throw new Problem(
          ProblemType.INVALID,
          "accountId is "
              + Problem.quoted(accountId)
              + " (expected: 1 to 128 visible ASCII characters)");
    }
    if (body.entitlements().size() > MAX_ENTITLEMENTS) {
      throw new Problem(
          ProblemType.INVALID,
          "entitlements are "
              + body.entitlements().size()
              + " (expected: at most "
              + MAX_ENTITLEMENTS
              + ", or * for every title)");
    }
    for (String entitlement : body.entitlements()) {
      if (!entitlement.equals(PutAccount.EVERY_TITLE)
          && !entitlement.matches(PackageRef.ID_PATTERN)) {
        throw new Problem(
            ProblemType.INVALID,
            "entitlements have " + Problem.quoted(entitlement) + " (expected: titleIds, or *)");
      }
    }
    ViewerAccount account = new ViewerAccount(accountId, Set.copyOf(body.entitlements()));
    accounts.put(account);
    viewers.saw(account);
    tell(request, "put-account", "account/" + accountId);
    return account(account);
  }

  /**
   * Removes an account. Its running plays go on until they end or are to be renewed.
   *
   * @param accountId the account: its bearer tokens' subject
   */
  @DeleteMapping("/accounts/{accountId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Refuses(ProblemType.NOT_FOUND)
  void deleteAccount(@PathVariable String accountId, HttpServletRequest request) {
    boolean existed = accounts.remove(accountId);
    viewers.forget(accountId);
    if (!existed) {
      throw noAccount(accountId);
    }
    tell(request, "delete-account", "account/" + accountId);
  }

  private void tell(HttpServletRequest request, String action, String subject) {
    String actor = BearerFilter.caller(request).map(Caller::subject).orElse("");
    events.adminActed(new AdminActed(actor, action, subject), requests.context(request, actor));
  }

  private static Problem noTitle(String titleId) {
    return new Problem(ProblemType.NOT_FOUND, "there is no title " + Problem.quoted(titleId));
  }

  private static Problem noAccount(String accountId) {
    return new Problem(ProblemType.NOT_FOUND, "there is no account " + Problem.quoted(accountId));
  }

  private static AdminTitle adminTitle(CatalogueTitle title) {
    CurrentPackage current = title.current();
    return new AdminTitle(
        title.titleId(),
        title.name(),
        title.durationMillis(),
        title.isPlayable(),
        current == null ? null : current.packageVersion(),
        title.isPublic());
  }

  private static Account account(ViewerAccount account) {
    return new Account(account.accountId(), List.copyOf(new TreeSet<>(account.entitlements())));
  }
}
