/*
 * The system calls that a sandboxed process may make. An allow-list: a call that is not here fails
 * with EPERM. No memory is ever both new and executable. Files and directories are Landlock's
 * business (sandbox.c); the calls on paths allowed here reach only what it leaves open.
 */
#include "base/sandbox_calls.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/mman.h>

/* Any long-running, single-threaded process that serves open sockets. */
static const int always[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(fcntl),
    SCMP_SYS(ioctl),
    SCMP_SYS(pipe2),
    SCMP_SYS(eventfd2),
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(stat),
    SCMP_SYS(fstat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(fstatfs),
    SCMP_SYS(statfs),
    SCMP_SYS(inotify_init1),
    SCMP_SYS(inotify_add_watch),
    SCMP_SYS(inotify_rm_watch),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(shutdown),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendfile),
    SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(timerfd_create),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(signalfd4),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getppid),
    SCMP_SYS(tgkill),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(membarrier),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

static const int when_writable[] = {
    SCMP_SYS(creat),     SCMP_SYS(mkdir),     SCMP_SYS(mkdirat),   SCMP_SYS(rename),
    SCMP_SYS(renameat),  SCMP_SYS(renameat2), SCMP_SYS(unlink),    SCMP_SYS(unlinkat),
    SCMP_SYS(rmdir),     SCMP_SYS(symlinkat), SCMP_SYS(linkat),    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate), SCMP_SYS(fsync),     SCMP_SYS(fdatasync), SCMP_SYS(syncfs),
    SCMP_SYS(flock),     SCMP_SYS(fchmod),    SCMP_SYS(fchmodat),  SCMP_SYS(utimensat),
    SCMP_SYS(pwritev),   SCMP_SYS(pwritev2),  SCMP_SYS(umask),     SCMP_SYS(copy_file_range),
};

static const int when_storing[] = {SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(fsync),
                                   SCMP_SYS(fdatasync)};
static const int when_connecting[] = {SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect),
                                      SCMP_SYS(sendmmsg), SCMP_SYS(recvmmsg)};
static const int when_listening[] = {SCMP_SYS(socket), SCMP_SYS(bind), SCMP_SYS(listen)};
static const int when_threading[] = {SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(prctl)};
static const int when_executing[] = {
    SCMP_SYS(clone),     SCMP_SYS(clone3),      SCMP_SYS(fork),
    SCMP_SYS(vfork),     SCMP_SYS(execve),      SCMP_SYS(execveat),
    SCMP_SYS(wait4),     SCMP_SYS(waitid),      SCMP_SYS(kill),
    SCMP_SYS(dup2),      SCMP_SYS(dup3),        SCMP_SYS(setpgid),
    SCMP_SYS(setsid),    SCMP_SYS(close_range), SCMP_SYS(prctl),
    SCMP_SYS(prlimit64), SCMP_SYS(arch_prctl),  SCMP_SYS(set_tid_address),
    SCMP_SYS(chdir),
};

static int allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* a call that this machine does not have (open on arm64) is numbered below zero */
        if (calls[i] < 0) {
            continue;
        }
        int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
        if (failed != 0 && failed != -EEXIST) {
            return failed;
        }
    }
    return 0;
}

/* New memory, or memory with new rights, unless it would be executable; a child that may exec has
 * to map its libraries. */
static int allow_memory(scmp_filter_ctx filter, bool executable)
{
    static const int calls[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};
    if (executable) {
        return allow(filter, calls, G_N_ELEMENTS(calls));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
        int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 1,
                                      SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
        if (failed != 0) {
            return failed;
        }
    }
    return 0;
}

#define ALLOW(filter, list) allow(filter, list, G_N_ELEMENTS(list))

bool sandbox_calls_apply(const SandboxPlan *plan)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL) {
        return false;
    }
    int failed = ALLOW(filter, always);
    if (failed == 0) {
        failed = allow_memory(filter, (plan->allow & SANDBOX_EXEC) != 0);
    }
    if (failed == 0 && plan->writable != NULL && plan->writable[0] != NULL) {
        failed = ALLOW(filter, when_writable);
    }
    if (failed == 0 && (plan->allow & SANDBOX_STORE)) {
        failed = ALLOW(filter, when_storing);
    }
    if (failed == 0 && (plan->allow & SANDBOX_CONNECT)) {
        failed = ALLOW(filter, when_connecting);
    }
    if (failed == 0 && (plan->allow & SANDBOX_LISTEN)) {
        failed = ALLOW(filter, when_listening);
    }
    if (failed == 0 && (plan->allow & SANDBOX_THREADS)) {
        failed = ALLOW(filter, when_threading);
    }
    if (failed == 0 && (plan->allow & SANDBOX_EXEC)) {
        failed = ALLOW(filter, when_executing);
    }
    if (failed == 0) {
        failed = seccomp_load(filter);
    }
    seccomp_release(filter);
    errno = -failed;
    return failed == 0;
}
