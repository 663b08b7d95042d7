/*
 * Landlock, rlimits and the report. Landlock has no library and Debian 12's header is older than
 * many kernels, so the later constants stand here (include/uapi/linux/landlock.h). The list of
 * system calls is sandbox_calls.c.
 */
#include "base/sandbox.h"

#include "base/error.h"
#include "base/sandbox_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define INSTRUMENTED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define INSTRUMENTED true
#endif
#endif
#ifndef INSTRUMENTED
#define INSTRUMENTED false
#endif

#define FS_ABI_1     ((UINT64_C(1) << 13) - 1)
#define FS_REFER     (UINT64_C(1) << 13) /* ABI 2 */
#define FS_TRUNCATE  (UINT64_C(1) << 14) /* ABI 3 */
#define FS_IOCTL_DEV (UINT64_C(1) << 15) /* ABI 5 */
#define FS_READ      (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_WRITE                                                                                   \
    (FS_READ | FS_REFER | FS_TRUNCATE | LANDLOCK_ACCESS_FS_WRITE_FILE |                            \
     LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |                              \
     LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM)
#define NET_BIND    (UINT64_C(1) << 0) /* ABI 4 */
#define NET_CONNECT (UINT64_C(1) << 1)
#define SCOPES      UINT64_C(3) /* ABI 6: abstract sockets, signals */

typedef struct {
    uint64_t fs, net, scoped;
} Ruleset;

static uint64_t fs_handled(int abi)
{
    return FS_ABI_1 | (abi >= 2 ? FS_REFER : 0) | (abi >= 3 ? FS_TRUNCATE : 0) |
           (abi >= 5 ? FS_IOCTL_DEV : 0);
}

static bool open_below(int rules, const char *directory, uint64_t rights, GError **error)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = rights};
    rule.parent_fd = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (rule.parent_fd < 0) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "sandbox: %s: %s", directory, strerror(errno));
    }
    long failed = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int saved = errno;
    close(rule.parent_fd);
    if (failed != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "sandbox: landlock refused %s: %s", directory,
                    strerror(saved));
    }
    return true;
}

static bool rules_fill(int rules, const SandboxPlan *plan, uint64_t handled, GError **error)
{
    for (const char *const *at = plan->readable; at != NULL && *at != NULL; at++) {
        if (!open_below(rules, *at, FS_READ & handled, error)) {
            return false;
        }
    }
    for (const char *const *at = plan->writable; at != NULL && *at != NULL; at++) {
        if (!open_below(rules, *at, FS_WRITE & handled, error)) {
            return false;
        }
    }
    if ((plan->allow & SANDBOX_EXEC) == 0) {
        return true;
    }
    /* programs, their libraries and what the loader reads */
    static const char *const system[] = {"/usr", "/lib", "/lib64", "/bin", "/etc"};
    for (size_t i = 0; i < G_N_ELEMENTS(system); i++) {
        if (access(system[i], F_OK) == 0 &&
            !open_below(rules, system[i], (FS_READ | LANDLOCK_ACCESS_FS_EXECUTE) & handled,
                        error)) {
            return false;
        }
    }
    return true;
}

static bool landlock_apply(const SandboxPlan *plan, SandboxReport *report, GError **error)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi <= 0) {
        return true; /* not in this kernel, or switched off at boot: the report says so */
    }
    Ruleset set = {.fs = fs_handled((int)abi)};
    if (abi >= 4) {
        set.net = ((plan->allow & SANDBOX_LISTEN) ? 0 : NET_BIND) |
                  ((plan->allow & SANDBOX_CONNECT) ? 0 : NET_CONNECT);
    }
    if (abi >= 6) {
        set.scoped = SCOPES;
    }
    size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &set, size, 0);
    if (rules < 0) {
        return fail(error, KOLOKOL_ERROR_IO, "sandbox: landlock %ld: %s", abi, strerror(errno));
    }
    bool good = rules_fill(rules, plan, set.fs, error);
    if (good && syscall(SYS_landlock_restrict_self, rules, 0) != 0) {
        good = fail(error, KOLOKOL_ERROR_IO, "sandbox: landlock: %s", strerror(errno));
    }
    close(rules);
    if (!good) {
        return false;
    }
    report->landlock = (int)abi;
    report->landlock_network = set.net != 0;
    report->landlock_scope = set.scoped != 0;
    return true;
}

static bool limit(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit both = {most, most};
    return setrlimit(what, &both) == 0;
}

static bool limits_apply(const SandboxPlan *plan)
{
    return limit(RLIMIT_CORE, 0) && (plan->files == 0 || limit(RLIMIT_NOFILE, plan->files)) &&
           (plan->seconds == 0 || limit(RLIMIT_CPU, plan->seconds)) &&
           (plan->memory == 0 || INSTRUMENTED || limit(RLIMIT_AS, plan->memory));
}

bool sandbox_apply(const SandboxPlan *plan, SandboxReport *report, GError **error)
{
    SandboxReport found = {.instrumented = INSTRUMENTED};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "sandbox: no_new_privs: %s", strerror(errno));
    }
    found.no_new_privileges = true;
    found.limits = limits_apply(plan);
    if (!found.instrumented) {
        if (!landlock_apply(plan, &found, error)) {
            return false;
        }
        if (!sandbox_calls_apply(plan)) {
            return fail(error, KOLOKOL_ERROR_IO, "sandbox: seccomp: %s", strerror(errno));
        }
        found.seccomp = true;
    }
    *report = found;
    return true;
}

char *sandbox_describe(const SandboxReport *report)
{
    GString *text = g_string_new("sandbox: ");
    if (report->instrumented) {
        g_string_append(text, "no landlock and no seccomp in a sanitizer build");
    } else if (report->landlock == 0) {
        g_string_append(text, "NO landlock in this kernel");
    } else {
        g_string_append_printf(text, "landlock %d%s", report->landlock,
                               report->landlock_network ? " with network" : "");
    }
    if (!report->instrumented) {
        g_string_append(text, report->seccomp ? ", seccomp" : ", NO seccomp");
    }
    if (report->limits) {
        g_string_append(text, ", limits");
    }
    if (report->no_new_privileges) {
        g_string_append(text, ", no new privileges");
    }
    return g_string_free(text, FALSE);
}
