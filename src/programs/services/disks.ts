import type { Service } from '../../core/service.ts';

/** A device by its name, or by a variable that may hold one. */
const device = /\/dev\/|[$`]/;

/** Disks, volumes and file systems. Not checked against the manual pages; what writes to a device directly is in `files.ts`. */
export const disks: readonly Service[] = [
  {
    service: 'disks',
    title: 'fdisk',
    programs: ['fdisk', 'cfdisk'],
    values: '-b -c -H -S -t -u -C -o -L -w -W --sector-size --output --color --wipe',
    verbs: {
      '': { destroys: 'disk', where: device, without: '-l --list -x --list-details -s --getsz -V --version' },
    },
    guesses: false,
    examples: {
      catches: ['fdisk /dev/sdb', 'sudo cfdisk /dev/sda'],
      leaves: ['fdisk -l', 'sudo fdisk --list /dev/sda', 'fdisk disk.img'],
    },
  },
  {
    service: 'disks',
    title: 'sfdisk',
    programs: ['sfdisk'],
    values: '-N -w -W -X -Y -o --wipe --label --output',
    verbs: {
      '': {
        destroys: 'disk',
        where: device,
        without: `-l --list -s --show-size -d --dump -J --json -V --verify -v --version -g --show-geometry -F --list-free -T
          --list-types --show-pt-geometry`,
      },
    },
    guesses: false,
    dry: '-n --no-act',
    examples: {
      catches: ['sfdisk --delete /dev/sda 2', 'sfdisk /dev/sda < table.txt'],
      leaves: ['sfdisk -d /dev/sda', 'sfdisk -l', 'sfdisk --no-act /dev/sda < table.txt'],
    },
  },
  {
    service: 'disks',
    title: 'gdisk',
    programs: ['gdisk', 'cgdisk'],
    verbs: { '': { destroys: 'disk', where: device, without: '-l' } },
    guesses: false,
    examples: {
      catches: ['gdisk /dev/nvme0n1', 'cgdisk /dev/sdb'],
      leaves: ['gdisk -l /dev/sda', 'gdisk --help'],
    },
  },
  {
    service: 'disks',
    title: 'sgdisk',
    programs: ['sgdisk'],
    guesses: false,
    dry: '-P --pretend',
    verbs: {
      '': [
        {
          destroys: 'disk',
          with: '-Z --zap-all -z --zap -o --clear -d --delete -l --load-backup -g --mbrtogpt -m --gpttombr -R --replicate',
        },
        {
          changes: 'disk',
          with: '-n --new -N --largest-new -t --typecode -s --sort -c --change-name -G --randomize-guids',
        },
      ],
    },
    examples: {
      catches: ['sgdisk --zap-all /dev/sda', 'sgdisk -og /dev/sda', 'sgdisk -n 1:0:+512M /dev/sda'],
      leaves: ['sgdisk -p /dev/sda', 'sgdisk --backup=table.bin /dev/sda'],
    },
  },
  {
    service: 'disks',
    title: 'parted',
    programs: ['parted'],
    values: '-a --align',
    guesses: false,
    verbs: {
      '': [
        { destroys: 'disk', where: /(?:^|\s)(?:mklabel|mktable|rm|resizepart|resize)\s/ },
        {
          changes: 'disk',
          where: /(?:^|\s)(?:mkpart|mkpartfs|move|set|toggle|name|rescue|disk_set|disk_toggle|type)\s/,
        },
      ],
    },
    examples: {
      catches: ['parted /dev/sda mklabel gpt', 'parted -s /dev/sdb rm 2', 'parted /dev/sda set 1 boot on'],
      leaves: ['parted -l', 'parted /dev/sda print', 'parted -s /dev/sda unit MiB print free'],
    },
  },
  {
    service: 'disks',
    title: 'The tables of partitions, as the kernel has them',
    programs: ['partprobe', 'partx', 'kpartx'],
    guesses: false,
    verbs: {
      '': {
        changes: 'disk',
        where: /\/dev\//,
        without: '-l --list -s --show --summary -P --pairs -h --help -V --version',
      },
    },
    examples: {
      catches: ['partprobe /dev/sda', 'partx -d /dev/sda'],
      leaves: ['partprobe -s', 'partx -l /dev/sda'],
    },
  },
  {
    service: 'disks',
    title: 'Block devices',
    programs: ['blockdev', 'hdparm', 'badblocks', 'sg_format', 'fstrim'],
    values: '-b -c -p -t -s -o -d -e',
    guesses: false,
    verbs: {
      '': [
        {
          changes: 'disk',
          with: '--setro --setrw --setbsz --setra --setfra --flushbufs --rereadpt --make-bad-sector --repair-sector --write-sector --trim-sector-ranges -N',
        },
        {
          destroys: 'disk',
          with: '--security-erase --security-erase-enhanced --security-set-pass --sanitize-crypto-scramble --sanitize-block-erase --sanitize-overwrite --format --fmtpinfo',
        },
        // A test that writes.
        { destroys: 'disk', with: '-w' },
      ],
    },
    examples: {
      catches: [
        'blockdev --setro /dev/sda',
        'hdparm --security-erase NULL /dev/sda',
        'badblocks -wsv /dev/sdb',
      ],
      leaves: ['blockdev --getsize64 /dev/sda', 'hdparm -I /dev/sda', 'badblocks -sv /dev/sdb', 'fstrim -av'],
    },
  },
  {
    service: 'disks',
    title: 'NVMe',
    programs: ['nvme'],
    guesses: false,
    verbs: {
      'format|sanitize|delete-ns|detach-ns|security-send|write|write-zeroes|write-uncor|dsm|fw-download|fw-commit|resv-release':
        { destroys: 'disk' },
      'create-ns|attach-ns|reset|subsystem-reset|set-feature': { changes: 'disk' },
    },
    examples: {
      catches: ['nvme format /dev/nvme0n1', 'nvme sanitize /dev/nvme0 -a 2'],
      leaves: ['nvme list', 'nvme smart-log /dev/nvme0'],
    },
  },
  {
    service: 'disks',
    title: 'Checking and resizing file systems',
    programs: [
      'fsck',
      'e2fsck',
      'xfs_repair',
      'resize2fs',
      'tune2fs',
      'debugfs',
      'fsck.ext4',
      'fsck.xfs',
      'btrfsck',
    ],
    guesses: false,
    verbs: {
      '': { changes: 'disk', where: /\/dev\//, without: '-n -N -l --help -V -P' },
    },
    examples: {
      catches: ['e2fsck -y /dev/sda1', 'resize2fs /dev/sda1 10G', 'tune2fs -O ^has_journal /dev/sda1'],
      leaves: ['e2fsck -n /dev/sda1', 'tune2fs -l /dev/sda1', 'fsck -N /dev/sda1'],
    },
  },
  {
    service: 'disks',
    title: 'Mounts and swap',
    programs: ['mount'],
    values: '-t -o -L -U -O -N --types --options --source --target --label --uuid',
    guesses: false,
    dry: '-f --fake',
    verbs: {
      // Read-only is as good as looking.
      '': { changes: 'disk', where: /^(?!.*[\s,=]ro(?:[\s,]|$)).*(?:\bremount\b|(?:^|\s)\/dev\/)/ },
    },
    examples: {
      catches: ['mount -o remount,rw /', 'mount /dev/sda1 /mnt', 'mount -t ext4 /dev/sdb1 /data'],
      leaves: [
        'mount',
        'mount -l',
        'mount -o ro,remount /data',
        'mount | grep ext4',
        'mount --bind /srv/a /srv/b',
      ],
    },
  },
  {
    service: 'disks',
    title: 'Unmounting by force',
    programs: ['umount', 'swapoff'],
    values: '-t -O --types',
    guesses: false,
    verbs: {
      '': { changes: 'disk', with: '-f --force -l --lazy -a --all -A --all-targets' },
    },
    examples: {
      catches: ['umount -f /data', 'swapoff -a', 'umount -al'],
      leaves: ['umount /mnt', 'swapoff --help'],
    },
  },
  {
    service: 'disks',
    title: 'LVM',
    programs: ['lvremove', 'vgremove', 'pvremove', 'lvreduce', 'vgreduce'],
    guesses: false,
    dry: '-t --test',
    values: '-L -l --size --extents -A --autobackup',
    verbs: { '': { destroys: 'volume', without: '-h --version' } },
    examples: {
      catches: [
        'lvremove /dev/vg0/data',
        'vgremove vg0',
        'lvreduce -L 5G /dev/vg0/data',
        'sudo pvremove -ff /dev/sdb1',
      ],
      leaves: ['lvremove --help', 'lvremove --test /dev/vg0/data', 'lvs'],
    },
  },
  {
    service: 'disks',
    title: 'LVM, what changes volumes',
    programs: ['lvresize', 'lvconvert', 'pvmove', 'pvcreate', 'vgcfgrestore', 'vgchange', 'lvchange'],
    guesses: false,
    dry: '-t --test',
    values: '-L -l --size --extents -n --name --type -f --file',
    verbs: {
      '': [
        { changes: 'volume', where: /\/dev\// },
        { destroys: 'volume', where: /(?:^|\s)(?:-L|--size)[= ]?-|(?:^|\s)--merge\b/ },
      ],
    },
    examples: {
      catches: ['pvcreate /dev/sdb', 'lvresize -L -5G /dev/vg0/data', 'lvconvert --merge vg0/snap'],
      leaves: ['vgchange --help', 'lvchange --version', 'lvresize --test -L -5G /dev/vg0/data'],
    },
  },
  {
    service: 'disks',
    title: 'LVM, all in one',
    programs: ['lvm'],
    guesses: false,
    dry: '-t --test',
    verbs: {
      'lvremove|vgremove|pvremove|lvreduce|vgreduce': { destroys: 'volume' },
      'lvresize|lvconvert|pvmove|pvcreate|vgcfgrestore': { changes: 'volume' },
    },
    examples: { catches: ['lvm lvremove vg0/data', 'lvm vgremove vg0'], leaves: ['lvm version', 'lvm lvs'] },
  },
  {
    service: 'disks',
    title: 'RAID',
    programs: ['mdadm'],
    guesses: false,
    values: '-l -n -x -c -f -r -a --level --raid-devices --spare-devices --chunk',
    verbs: {
      '': [
        { destroys: 'disk', with: '--zero-superblock --create -C --build -B' },
        {
          changes: 'disk',
          with: '--stop -S --remove -r --fail -f --set-faulty --grow -G --assemble --run --replace',
        },
      ],
    },
    examples: {
      catches: [
        'mdadm --stop /dev/md0',
        'mdadm --zero-superblock /dev/sdb1',
        'mdadm /dev/md0 --fail /dev/sda1',
      ],
      leaves: ['mdadm --detail /dev/md0', 'mdadm --examine /dev/sda1'],
    },
  },
  {
    service: 'disks',
    title: 'ZFS',
    programs: ['zfs', 'zpool'],
    guesses: false,
    values: '-o -O -t -S -R',
    verbs: {
      destroy: { destroys: 'volume', without: '-n' },
      rollback: { destroys: 'snapshot', without: '-n' },
      'receive|recv': { destroys: 'volume', with: '-F' },
      'promote|rename|unmount|umount|unload-key|change-key|inherit': { changes: 'volume' },
      'remove|labelclear|split': { destroys: 'disk' },
      create: { destroys: 'disk', with: '-f', where: /\/dev\// },
      'detach|offline|replace|export|reguid|upgrade|initialize|clear': { changes: 'disk' },
      import: { changes: 'disk', with: '-F -X --rewind-to-checkpoint' },
    },
    examples: {
      catches: [
        'zfs destroy tank/data',
        'zfs rollback -r tank/data@monday',
        'zpool destroy tank',
        'zpool export tank',
      ],
      leaves: ['zfs list', 'zfs destroy -nv tank/data@monday', 'zpool status', 'zfs snapshot tank/data@now'],
    },
  },
  {
    service: 'disks',
    title: 'Btrfs',
    programs: ['btrfs'],
    guesses: false,
    verbs: {
      'subvolume|subvol|sub|su delete|del|d': { destroys: 'volume' },
      'device|dev|de delete|del|remove|rem': { destroys: 'disk' },
      'replace start': { changes: 'disk' },
      'filesystem|fi resize': { changes: 'volume', where: /(?:^|\s)-\d|\s-?\d+[kmgt]?\s/i },
      'check|rescue': {
        changes: 'disk',
        with: '--repair --init-csum-tree --init-extent-tree',
        without: '--readonly',
      },
      'quota disable': { changes: 'volume' },
    },
    examples: {
      catches: [
        'btrfs subvolume delete /data/old',
        'btrfs device remove /dev/sdb /data',
        'btrfs check --repair /dev/sda1',
      ],
      leaves: ['btrfs subvolume list /', 'btrfs filesystem usage /', 'btrfs balance start /data'],
    },
  },
  {
    service: 'disks',
    title: 'Encrypted volumes',
    programs: ['cryptsetup'],
    guesses: false,
    values:
      '-c -s -h -i -S -d --cipher --key-size --hash --iter-time --key-slot --key-file --type --header --label',
    verbs: {
      'luksFormat|luksErase|erase|format|wipe': { destroys: 'disk' },
      'luksRemoveKey|luksKillSlot|luksHeaderRestore|luksDelKey': { destroys: 'key' },
      'reencrypt|luksChangeKey|luksConvertKey|convert|repair|resize|token': { changes: 'disk' },
      'close|remove|luksClose|plainClose|luksSuspend': { changes: 'disk' },
      luksDump: { reveals: 'the key of a volume', with: '--dump-master-key --dump-volume-key' },
    },
    examples: {
      catches: ['cryptsetup luksFormat /dev/sdb1', 'cryptsetup luksErase /dev/sdb1', 'cryptsetup close data'],
      leaves: ['cryptsetup status data', 'cryptsetup luksDump /dev/sdb1', 'cryptsetup isLuks /dev/sdb1'],
    },
  },
  {
    service: 'disks',
    title: 'Device mapper and loop devices',
    programs: ['dmsetup'],
    guesses: false,
    verbs: {
      'remove|remove_all|wipe_table': { destroys: 'volume' },
      'create|load|reload|suspend|rename|message|clear': { changes: 'volume' },
    },
    examples: {
      catches: ['dmsetup remove data', 'dmsetup wipe_table data'],
      leaves: ['dmsetup ls', 'dmsetup info data'],
    },
  },
  {
    service: 'disks',
    title: 'Restoring over a file system',
    programs: ['restore', 'xfsrestore', 'partclone.restore', 'e2image', 'photorec', 'testdisk'],
    guesses: false,
    values: '-f -b -s -L -T',
    verbs: {
      '': { changes: 'disk', with: '-r -R -x -i', without: '-t -C -N --help' },
    },
    examples: {
      catches: ['restore -rf home.dump', 'restore -xf home.dump'],
      leaves: ['restore -tf home.dump', 'testdisk'],
    },
  },
  {
    service: 'disks',
    title: 'Disk Utility of macOS',
    programs: ['diskutil', 'hdiutil'],
    guesses: false,
    verbs: {
      'eraseDisk|erasedisk|eraseVolume|erasevolume|eraseCD|reformat|zeroDisk|zerodisk|randomDisk|secureErase|secureerase|partitionDisk|partitiondisk|mergePartitions|splitPartition|eraseOptical':
        { destroys: 'disk' },
      'apfs|ap deleteContainer|deletecontainer|deleteVolume|deletevolume|deleteVolumeGroup|eraseVolume|erasevolume|deleteSnapshot':
        { destroys: 'volume' },
      'appleRAID|ar delete|remove|create': { destroys: 'disk' },
      'coreStorage|corestorage|cs delete|deleteVolume|deleteLVG': { destroys: 'volume' },
      'resizeVolume|resizevolume|unmountDisk|unmountdisk|repairVolume|repairDisk|eject|disableJournal': {
        changes: 'disk',
      },
    },
    examples: {
      catches: [
        'diskutil eraseDisk APFS Data disk2',
        'diskutil apfs deleteVolume disk1s5',
        'diskutil unmountDisk force disk2',
      ],
      leaves: ['diskutil list', 'diskutil info disk0', 'hdiutil attach image.dmg'],
    },
  },
  {
    service: 'disks',
    title: 'Booting',
    programs: ['efibootmgr', 'grub-install', 'grub2-install', 'bootctl', 'update-initramfs', 'dracut'],
    guesses: false,
    values: '-b -o -d -p -L -l -k',
    verbs: {
      '': [
        { destroys: 'resource', with: '-B --delete-bootnum -O --delete-bootorder -N --delete-bootnext' },
        {
          changes: 'disk',
          with: '-c --create -o --bootorder -n --bootnext',
          where: /-(?:c|-create|o|-bootorder|n|-bootnext)\b/,
        },
        { changes: 'disk', where: /(?:^|\s)(?:\/dev\/|--target|--efi-directory|--boot-directory)/ },
      ],
      'install|remove|update|random-seed': { changes: 'disk' },
    },
    examples: {
      catches: ['efibootmgr -b 0003 -B', 'grub-install /dev/sda', 'bootctl remove'],
      leaves: ['efibootmgr -v', 'bootctl status', 'update-initramfs -u'],
    },
  },
];
