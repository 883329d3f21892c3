/** What an operator and the admin door say to each other (`/admin/v1`). */
@NullMarked
package io.tributary.contracts.admin;

import org.jspecify.annotations.NullMarked;
