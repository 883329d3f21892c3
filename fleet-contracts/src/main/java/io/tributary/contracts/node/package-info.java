/** What an OCA node and the control plane say to each other (`/oca/v1`). */
@NullMarked
package io.tributary.contracts.node;

import org.jspecify.annotations.NullMarked;
