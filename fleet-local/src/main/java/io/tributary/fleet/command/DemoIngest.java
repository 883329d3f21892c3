package io.tributary.fleet.command;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.Progress;
import java.util.List;

/** Two titles to look at, made once and ingested once. */
final class DemoIngest {

  DemoIngest(FleetContext fleet, Progress progress) {}

  void ingestMissing(List<AdminTitle> titles) {}
}
