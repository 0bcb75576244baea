#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GROUPS_MAX = 256 };

struct failure {
    int error;
    enum sfs_stage stage;
};

static void fail(int report, enum sfs_stage stage)
{
    struct failure failure = {errno, stage};
    (void)!write(report, &failure, sizeof failure);
    _exit(127);
}

/* Raw system calls: the C library's own would signal threads that do not exist after a fork. */
static int become(const struct sfs_program *program, const gid_t *groups, int count)
{
    if (syscall(SYS_setgroups, count, groups) != 0) return -1;
    if (syscall(SYS_setresgid, program->group, program->group, program->group) != 0) return -1;
    return (int)syscall(SYS_setresuid, program->user, program->user, program->user);
}

static void reset_signals(void)
{
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Runs between fork and exec: only async-signal-safe calls. */
static void run(const struct sfs_program *program, const gid_t *groups, int count, pid_t parent,
                int report)
{
    reset_signals();
    setsid();
    umask(077);
    /* Above 2, so that the next lines do not write over them. */
    int output = program->output < 0 ? open("/dev/null", O_WRONLY) : program->output;
    output = fcntl(output, F_DUPFD, 3);
    report = fcntl(report, F_DUPFD, 3);
    int input = open("/dev/null", O_RDONLY);
    if (output < 0 || report < 0 || input < 0) fail(report, SFS_STAGE_FORK);
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
        fail(report, SFS_STAGE_FORK);
    if (dup2(report, 3) < 0 || fcntl(3, F_SETFD, FD_CLOEXEC) < 0) fail(report, SFS_STAGE_FORK);
    syscall(SYS_close_range, 4u, ~0u, 0u);
    if (program->user_name && become(program, groups, count) != 0) fail(3, SFS_STAGE_USER);
    /* After the change of user, which clears it. */
    if (program->death_signal && prctl(PR_SET_PDEATHSIG, program->death_signal) != 0)
        fail(3, SFS_STAGE_FORK);
    if (getppid() != parent) _exit(127);
    if (chdir(program->folder) != 0) fail(3, SFS_STAGE_FOLDER);
    execve(program->path, program->arguments, program->environment);
    fail(3, SFS_STAGE_EXEC);
}

pid_t sfs_spawn(const struct sfs_program *program, enum sfs_stage *stage)
{
    gid_t groups[GROUPS_MAX];
    int count = GROUPS_MAX;
    *stage = SFS_STAGE_USER;
    if (program->user_name
        && getgrouplist(program->user_name, program->group, groups, &count) < 0)
        return -EINVAL;

    *stage = SFS_STAGE_FORK;
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) return -errno;
    pid_t parent = getpid();
    /* No signal handler of ours may run in the child before it has reset them. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    if (child == 0) run(program, groups, count, parent, report[1]);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(report[1]);
    if (child < 0) {
        close(report[0]);
        return -error;
    }

    struct failure failure;
    ssize_t length;
    do length = read(report[0], &failure, sizeof failure);
    while (length < 0 && errno == EINTR);
    close(report[0]);
    if (length != sizeof failure) return child;
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    *stage = failure.stage;
    return -failure.error;
}

int sfs_pidfd_open(pid_t process)
{
    int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
    return descriptor < 0 ? -errno : descriptor;
}

int sfs_eventfd(void)
{
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return descriptor < 0 ? -errno : descriptor;
}

void sfs_name_thread(const char *name)
{
    prctl(PR_SET_NAME, name);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path) == 0 || errno == ENOENT ? 0 : errno;
}

int sfs_remove_tree(const char *path)
{
    int result = nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    if (result < 0) return errno == ENOENT ? 0 : -errno;
    return -result;
}
